package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page says what the files say, and what the compiler counts today. */
class NetworksPageTest {
  private static final Golden PAGE = new Golden(Path.of("../docs/networks.md"));

  @Test
  void thePageIsFresh() throws IOException {
    PAGE.assertFresh(NetworksPage.of(lessons(Sources.NETWORKS), lessons(Sources.IDEAS)));
  }

  @Test
  void aPageShowsItsFilesByDate() {
    List<Lesson> lessons = lessons(Sources.IDEAS);
    assertThat(lessons).hasSizeGreaterThan(10);
    String page =
        NetworksPage.of(
            List.of(Lesson.of(Sources.network("vgg16")), Lesson.of(Sources.network("lenet5"))),
            lessons);
    assertThat(page)
        .containsSubsequence(
            "| 1998 | [lenet5](#lenet5) | 61,706 | 416,520 |",
            "| 2014 | [vgg16](#vgg16) | 138,357,544 | 15,470,264,320 | 61.0 | 25.9 |",
            "## lenet5\n",
            "## vgg16\n",
            "*Very Deep Convolutional Networks for Large-Scale Image Recognition*, Simonyan and",
            "[arXiv 1409.1556](https://arxiv.org/abs/1409.1556)",
            "network vgg16 \"configuration D\"\n",
            "### conv_5x5\n");
  }

  private static List<Lesson> lessons(Path folder) {
    return Sources.files(folder).map(Lesson::of).toList();
  }
}
