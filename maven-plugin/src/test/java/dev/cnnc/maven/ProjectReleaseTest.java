package dev.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectReleaseTest {

  @ParameterizedTest
  @CsvSource({
    "maven.compiler.release, 17, Java 17 (maven.compiler.release)",
    "maven.compiler.target, 1.8, Java 1.8 (maven.compiler.target)",
    "maven.compiler.target, 20, Java 20 (maven.compiler.target)"
  })
  void olderJavaIsRefusedWithTheCure(String name, String value, String said) {
    assertThatThrownBy(() -> ProjectRelease.check(properties(name, value)))
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining(said)
        .hasMessageContaining("<maven.compiler.release>21</maven.compiler.release>");
  }

  @ParameterizedTest
  @CsvSource({
    "maven.compiler.release, 21",
    "maven.compiler.release, 25",
    "maven.compiler.target, ${java.version}",
    "other, 8"
  })
  void anyOtherIsTaken(String name, String value) throws MojoFailureException {
    ProjectRelease.check(properties(name, value));
  }

  /** Javac takes no target beside a release. */
  @Test
  void releaseCountsBeforeTarget() throws MojoFailureException {
    Properties both = properties("maven.compiler.target", "8");
    both.setProperty("maven.compiler.release", "21");
    ProjectRelease.check(both);
  }

  private static Properties properties(String name, String value) {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    return properties;
  }
}
