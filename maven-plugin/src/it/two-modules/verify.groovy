String log = new File(basedir, "build.log").text
assert log.count("Compiling 1 network from") == 2
assert log.contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0")
new File(basedir, "ran.txt").text = "ran"
return true
