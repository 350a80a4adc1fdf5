package io.flafka.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bars beside each other, as SVG. It is text, so it takes no fonts of the machine, which a JDK for
 * servers doesn't have.
 */
final class Chart {
  private static final int LABELS = 190;
  private static final int BARS = 440;
  private static final int WIDTH = LABELS + BARS + 90;
  private static final int LINE = 20;
  private static final String OURS = "#c2410c";
  private static final String OTHERS = "#9ca3af";

  private final List<Group> groups = new ArrayList<>();

  /**
   * The bars of a scenario; the longest takes all of the width.
   *
   * @param title what stands above them
   */
  record Group(String title, List<Bar> bars) {
    Group {
      bars = List.copyOf(bars);
    }
  }

  /**
   * A subject's bar.
   *
   * @param text what stands behind it
   * @param ours whether it is of this suite
   */
  record Bar(String label, double length, String text, boolean ours) {}

  /** Adds bars below the others; a group without any is left out. */
  void add(Group group) {
    if (!group.bars().isEmpty()) {
      groups.add(group);
    }
  }

  /** The whole chart, on white. */
  String svg() {
    StringBuilder body = new StringBuilder();
    int top = 0;
    for (Group group : groups) {
      top += 2 * LINE;
      text(body, 8, top - LINE / 2, "font-weight=\"bold\"", group.title());
      double longest = group.bars().stream().mapToDouble(Bar::length).max().orElse(1);
      for (Bar bar : group.bars()) {
        bar(body, top, bar, longest);
        top += LINE;
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
    <rect width="100%%" height="100%%" fill="white"/>
    %s</svg>
    """
        .formatted(WIDTH, top + LINE, body);
  }

  private static void bar(StringBuilder body, int top, Bar bar, double longest) {
    double width = Math.max(1, bar.length() / longest * BARS);
    int line = top + LINE - 6;
    text(body, LABELS - 8, line, "text-anchor=\"end\"", bar.label());
    body.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            LABELS,
            top + 2,
            width,
            LINE - 4,
            bar.ours() ? OURS : OTHERS));
    text(body, (int) (LABELS + width) + 6, line, "", bar.text());
  }

  private static void text(StringBuilder body, int x, int y, String attributes, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    body.append("<text x=\"%d\" y=\"%d\" %s>%s</text>%n".formatted(x, y, attributes, escaped));
  }
}
