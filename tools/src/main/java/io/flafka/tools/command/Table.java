package io.flafka.tools.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows whose columns stand below each other. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /** One more row, of as many columns as the first one. */
  public Table row(String... columns) {
    rows.add(List.of(columns));
    return this;
  }

  public void print(PrintWriter out) {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
    rows.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
