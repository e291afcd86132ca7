String log = new File(basedir, "build.log").text
String file = new File(basedir, "src/main/cnn/wrong.cnn").canonicalPath
// The form that development tools make a link of, then the source line and its caret.
assert log =~ ("(?m)^\\[ERROR\\] " + java.util.regex.Pattern.quote(file) + ":\\[7,\\d+\\] error\\[E\\d+\\]: ")
assert log.contains("convv(2, 3x3, pad: 1)")
assert log =~ /(?m)^ *\|? *\^+ *$/
assert log.contains("1 error in 1 .cnn file of 2, see above")
assert !log.contains("Exception in thread")
assert new File(basedir, "target/generated-sources/cnn/com/example/Good.java").isFile()
new File(basedir, "ran.txt").text = "ran"
return true
