package io.flafka.tools.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** The exit status of a command, which says in a line why it has no better one. */
public final class Answer {
  private static final int UNTRUE = 1;

  private Answer() {}

  /**
   * Asks.
   *
   * @param question names classes of Hadoop's nowhere but in its body, so that other commands do
   *     without
   * @return 0 for yes, 1 for no, or if it can't be told
   */
  public static int of(CommandSpec spec, Callable<Boolean> question) throws Exception {
    String why;
    try {
      return question.call() ? 0 : UNTRUE;
    } catch (CommandException e) {
      why = e.getMessage();
    } catch (NoClassDefFoundError e) {
      why =
          e.getMessage()
              + " is missing: it takes Hadoop's client (set HADOOP_HOME, have hadoop in the PATH,"
              + " or unpack plugins-with-hadoop.tar.gz) and Flume's lib (set FLUME_HOME)";
    }
    spec.commandLine().getErr().println(spec.qualifiedName() + ": " + why);
    return UNTRUE;
  }
}
