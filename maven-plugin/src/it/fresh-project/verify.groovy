String log = new File(basedir, "build.log").text
assert log.contains("Compiling 2 networks")
assert log.contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0")
assert new File(basedir, "target/generated-sources/cnn/com/example/fresh/Tiny.java").isFile()
// Compiled by a JDK 25, for Java 21.
byte[] type = new File(basedir, "target/classes/com/example/deeper/Other_2x.class").bytes
assert type[7] == 65
String metadata = "META-INF/native-image/dev.cnnc/com.example.fresh.Tiny/reachability-metadata.json"
assert new File(basedir, "target/classes/" + metadata).text.contains('"com/example/fresh/Tiny.weights"')
assert new File(basedir, "src/main/cnn/tiny.cost").text.startsWith("# What tiny costs, by cnnc cost --write; in bytes\n")
assert new File(basedir, "src/main/cnn/com/example/deeper/other_2x.cost").isFile()
new File(basedir, "ran.txt").text = "ran"
return true
