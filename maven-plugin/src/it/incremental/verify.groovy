String log = new File(basedir, "build.log").text
def compiled = (log =~ /Compiling (\d) network/).collect { it[1] as int }
assert compiled == [4, 2] : "all, then the edited one and the one with edited labels: " + compiled
assert log.count("Nothing to compile: every network is up to date") == 1
assert log.count("Nothing to compile - all classes are up to date") >= 1
assert log.count("BUILD SUCCESS") == 3

File sources = new File(basedir, "target/generated-sources/cnn/com/example/networks")
assert sources.list().sort() == [
    "Edited.java", "EditedKernels.java", "Labelled.java", "LabelledKernels.java", "Same.java", "SameKernels.java"]
File classes = new File(basedir, "target/classes/com/example/networks")
assert classes.list().findAll { it.startsWith("Removed") }.empty
assert new File(classes, "Same.class").isFile()
new File(basedir, "ran.txt").text = "ran"
return true
