package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What a release needs, and what is forgotten easily between two of them. */
class PublishingTest {
  /** Modules that others depend on; the parent is published with them. */
  private static final List<String> PUBLISHED =
      List.of("dsl", "runtime", "vision", "compiler", "maven-plugin", "cli", "spark");

  private static final List<String> OURS_ALONE = List.of("generated-examples", "benchmarks");

  private static final List<String> PROFILE =
      List.of("maven-source-plugin", "maven-javadoc-plugin", "cyclonedx-maven-plugin");

  /** A version of the changelog, with its date if it is released. */
  private static final Pattern HEADING =
      Pattern.compile("(?m)^## ([0-9][^\\s,]*)(, \\d{4}-\\d{2}-\\d{2})?$");

  private final Element parent = pom(".");

  @Test
  void thePomsSayWhatMavenCentralDemands() {
    for (String name : List.of("name", "description", "url", "licenses", "developers", "scm")) {
      assertThat(text(parent, name)).as(name).isPresent();
    }
    for (String module : PUBLISHED) {
      assertThat(text(pom(module), "name")).as(module).isPresent();
      assertThat(text(pom(module), "description")).as(module).isPresent();
    }
    assertThat(texts(parent, "modules", "module"))
        .containsAll(PUBLISHED)
        .isSubsetOf(join(PUBLISHED, OURS_ALONE));
  }

  @Test
  void whatNobodyNeedsStaysHere() {
    for (String module : OURS_ALONE) {
      for (String what : List.of("maven.deploy", "maven.source", "maven.javadoc", "gpg")) {
        assertThat(text(pom(module), "properties", what + ".skip"))
            .as(module + " " + what)
            .hasValue("true");
      }
    }
  }

  @Test
  void theReleaseHasSourcesJavadocAndABillOfMaterials() {
    Element release = profile(parent, "release");
    for (String plugin : PROFILE) {
      assertThat(texts(release, "build", "plugins", "plugin", "artifactId")).contains(plugin);
    }
    assertThat(
            texts(profile(pom("runtime"), "release"), "build", "plugins", "plugin", "artifactId"))
        .contains("japicmp-maven-plugin");
    assertThat(texts(profile(parent, "sign"), "build", "plugins", "plugin", "artifactId"))
        .contains("maven-gpg-plugin");
  }

  @Test
  void allNameOneVersion() throws IOException {
    String version = text(parent, "version").orElseThrow();
    for (String module : join(PUBLISHED, OURS_ALONE)) {
      assertThat(text(pom(module), "parent", "version")).as(module).hasValue(version);
    }
    Matcher readme =
        Pattern.compile("<artifactId>cnnc-maven-plugin</artifactId>\\s*<version>(.*)</version>")
            .matcher(Files.readString(RepositoryFiles.ROOT.resolve("README.md")));
    assertThat(readme.find()).isTrue();
    assertThat(readme.group(1)).isEqualTo(version);
    assertThat(versions().getFirst()).isEqualTo(version.replace("-SNAPSHOT", ""));
  }

  /** The runtime is compared with the last version of the changelog that has a date. */
  @Test
  void theLastReleaseIsTheOneToCompareWith() throws IOException {
    String version = text(parent, "version").orElseThrow();
    Optional<String> last =
        headings().stream()
            .filter(heading -> heading.group(2) != null && !heading.group(1).equals(version))
            .map(heading -> heading.group(1))
            .findFirst();
    assertThat(text(parent, "properties", "last.release")).hasValue(last.orElse("none"));
    assertThat(text(parent, "properties", "api.skip")).hasValue(last.isEmpty() ? "true" : "false");
  }

  private static List<String> versions() throws IOException {
    return headings().stream().map(heading -> heading.group(1)).toList();
  }

  private static List<MatchResult> headings() throws IOException {
    return HEADING
        .matcher(Files.readString(RepositoryFiles.ROOT.resolve("CHANGELOG.md")))
        .results()
        .toList();
  }

  private static List<String> join(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private static Element pom(String module) {
    Path file = RepositoryFiles.ROOT.resolve(module).resolve("pom.xml");
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(file.toFile())
          .getDocumentElement();
    } catch (Exception e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static Element profile(Element pom, String id) {
    return at(List.of(pom), "profiles", "profile").stream()
        .filter(each -> text(each, "id").equals(Optional.of(id)))
        .findFirst()
        .orElseThrow();
  }

  /** The text of the first element on a path. */
  private static Optional<String> text(Element from, String... path) {
    return texts(from, path).stream().findFirst().filter(text -> !text.isEmpty());
  }

  private static List<String> texts(Element from, String... path) {
    return at(List.of(from), path).stream().map(each -> each.getTextContent().strip()).toList();
  }

  private static List<Element> at(List<Element> from, String... path) {
    List<Element> now = from;
    for (String name : path) {
      now = now.stream().flatMap(each -> children(each, name).stream()).toList();
    }
    return now;
  }

  private static List<Element> children(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    List<Element> children = new ArrayList<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      Node node = nodes.item(index);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }
}
