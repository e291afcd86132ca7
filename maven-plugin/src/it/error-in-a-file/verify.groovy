String log = new File(basedir, "build.log").text
String file = new File(basedir, "src/main/cnn/wrong.cnn").canonicalPath
// The form that development tools make a link of, then the source line and its caret.
assert log =~ ("(?m)^\\[ERROR\\] " + java.util.regex.Pattern.quote(file) + ":\\[7,\\d+\\] error\\[E\\d+\\]: ")
assert log.contains("convv(2, 3x3, pad: 1)")
assert log =~ /(?m)^ *\|? *\^+ *$/
String costly = new File(basedir, "src/main/cnn/costly.cnn").canonicalPath
assert log.contains("[ERROR] " + costly + ":[5,10] error[E322]: macs 384: 284 more than the budget of 100")
assert log.contains("help: most MACs: conv1 288, fc 96")
assert !new File(basedir, "target/generated-sources/cnn/com/example/Costly.java").exists()
assert log.contains("2 errors in 2 .cnn files of 3, see above")
assert !log.contains("Exception in thread")
assert new File(basedir, "target/generated-sources/cnn/com/example/Good.java").isFile()
new File(basedir, "ran.txt").text = "ran"
return true
