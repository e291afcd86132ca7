String log = new File(basedir, "build.log").text
assert log.contains("Compiling 2 networks")
assert log.contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0")
assert new File(basedir, "target/generated-sources/cnn/com/example/fresh/Tiny.java").isFile()
assert new File(basedir, "target/classes/com/example/deeper/Other_2x.class").isFile()
new File(basedir, "ran.txt").text = "ran"
return true
