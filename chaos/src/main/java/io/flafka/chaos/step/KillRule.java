package io.flafka.chaos.step;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A rule of Byteman's, which does something at a place in a program that knows nothing of it.
 *
 * <p>Rules sleep until they are woken, by a file that is picked up or whatever else. A rule whose
 * class or method isn't there does nothing at all; so who arms one must see that the process has
 * died of it.
 *
 * @param location Byteman's word for where in the method: {@code AT ENTRY}
 * @param condition when, if it is not the first time
 */
public record KillRule(
    String type, String method, String location, String condition, String action) {
  /** What a process ends with that dies of a rule. */
  public static final int STATUS = 86;

  /** What stands in the log of a process that lingers. */
  public static final String LINGERS = "A rule lets this thread linger";

  private static final String AWAKE = "flagged(\"awake\")";
  private static final String KILL = "killJVM(" + STATUS + ")";

  private static KillRule rule(String type, String method, String location, String action) {
    return new KillRule(type, method, location, "TRUE", action);
  }

  /** Ends the process as a power failure would: no shutdown hook runs. */
  public static KillRule kill(String type, String method, String location) {
    return rule(type, method, location, KILL);
  }

  /** The same, after something else was done there, in Java. */
  public static KillRule killAfter(String action, String type, String method, String location) {
    return rule(type, method, location, action + "; " + KILL);
  }

  /** Says {@link #LINGERS}, and holds a thread up for some seconds. */
  public static KillRule linger(String type, String method, String location) {
    return rule(type, method, location, "traceln(\"" + LINGERS + "\"); delay(4000L)");
  }

  /** Does something else there, in Java, but for {@code return} and what Byteman adds to it. */
  public static KillRule act(String action, String type, String method, String location) {
    return rule(type, method, location, action);
  }

  /** Instead of all that, says something in the log, the first time. */
  KillRule said(String what) {
    return new KillRule(type, method, location, condition, "traceln(\"" + what + "\")")
        .when("flag(\"" + what + "\")");
  }

  /** Notes that a place was passed. */
  public static KillRule note(String what, String type, String method, String location) {
    return rule(type, method, location, "flag(\"" + what + "\")");
  }

  /** Lets a method fail the first time, with an exception that it is known to throw. */
  public static KillRule fail(String exception, String type, String method, String location) {
    return rule(type, method, location, "throw new " + exception + "(\"made up by a test\")")
        .onTime(1);
  }

  /** Lets a method return null, and do nothing. */
  public static KillRule returnNull(String type, String method) {
    return rule(type, method, "AT ENTRY", "return null");
  }

  /** The same, only after something was noted. */
  public KillRule after(String what) {
    return when("flagged(\"" + what + "\")");
  }

  /** The same, not before so many times. */
  public KillRule onTime(int time) {
    return when("incrementCounter(\"" + type + method + location + "\") == " + time);
  }

  /** The same, only under one more condition. */
  public KillRule when(String more) {
    return new KillRule(type, method, location, condition + " && " + more, action);
  }

  /** As a script of Byteman's has them: rules that sleep until another one wakes them. */
  public static String sleeping(KillRule... rules) {
    return IntStream.range(0, rules.length)
        .mapToObj(i -> rules[i].awake("rule " + i))
        .collect(Collectors.joining());
  }

  /** Wakes the others when a place is passed. */
  public static KillRule wake(String type, String method, String location) {
    return note("awake", type, method, location);
  }

  /** As a script has it, if it sleeps until another one wakes it. */
  public String awake(String name) {
    return new KillRule(type, method, location, AWAKE + " && " + condition, action).text(name);
  }

  /** As a script has it. */
  public String text(String name) {
    return "RULE %s\nCLASS %s\nMETHOD %s\n%s\nIF %s\nDO %s\nENDRULE\n"
        .formatted(name, type, method, location, condition, action);
  }
}
