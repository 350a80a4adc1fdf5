package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
  private final Chart chart = new Chart();

  private Document svg() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void barsAreAsLongAsTheyShouldBe() throws Exception {
    chart.add(
        new Chart.Group(
            "land & more",
            List.of(
                new Chart.Bar("stock", 10, "10", false),
                new Chart.Bar("flafka", 40, "40 < 50", true))));
    chart.add(new Chart.Group("nothing", List.of()));

    NodeList bars = svg().getElementsByTagName("rect");
    // The first one is the ground.
    assertThat(bars.getLength()).isEqualTo(3);
    double stock = Double.parseDouble(((Element) bars.item(1)).getAttribute("width"));
    double ours = Double.parseDouble(((Element) bars.item(2)).getAttribute("width"));
    assertThat(ours).isEqualTo(4 * stock);
    assertThat(svg().getDocumentElement().getTextContent())
        .contains("land & more", "stock", "flafka", "40 < 50")
        .doesNotContain("nothing");
  }
}
