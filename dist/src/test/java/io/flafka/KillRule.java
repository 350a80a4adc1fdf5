package io.flafka;

/**
 * A rule of Byteman's, which does something at a place in a program that knows nothing of it.
 *
 * <p>Rules sleep until the file that they are about is picked up. A rule whose class or method
 * isn't there does nothing at all; so who arms one must see that the process has died of it.
 *
 * @param location Byteman's word for where in the method: {@code AT ENTRY}
 * @param condition when, if it is not the first time
 */
record KillRule(String type, String method, String location, String condition, String action) {
  /** What a process ends with that dies of a rule. */
  static final int STATUS = 86;

  private static final String AWAKE = "flagged(\"awake\")";

  /** Ends the process as a power failure would: no shutdown hook runs. */
  static KillRule kill(String type, String method, String location) {
    return new KillRule(type, method, location, "TRUE", "killJVM(" + STATUS + ")");
  }

  /** Holds a thread up for as long as the process lives. */
  static KillRule hold(String type, String method, String location) {
    return new KillRule(type, method, location, "TRUE", "delay(" + Integer.MAX_VALUE + "L)");
  }

  /** Notes that a place was passed. */
  static KillRule note(String what, String type, String method, String location) {
    return new KillRule(type, method, location, "TRUE", "flag(\"" + what + "\")");
  }

  /** The same, only after something was noted. */
  KillRule after(String what) {
    return when("flagged(\"" + what + "\")");
  }

  /** The same, not before so many times. */
  KillRule onTime(int time) {
    return when("incrementCounter(\"" + type + method + location + "\") == " + time);
  }

  /** The same, only under one more condition. */
  KillRule when(String more) {
    return new KillRule(type, method, location, condition + " && " + more, action);
  }

  /** As a script of Byteman's has it. */
  String script(String name) {
    return rule(name, type, method, location, AWAKE + " && " + condition, action);
  }

  /** Wakes the rules when a file of some name is picked up for the first time. */
  static String wakeBy(String fileName) {
    return rule(
        "wake",
        "io.flafka.spooldir.Claims",
        "begin",
        "AT ENTRY",
        "$1.getFileName().toString().equals(\"" + fileName + "\")",
        "flag(\"awake\")");
  }

  private static String rule(
      String name, String type, String method, String location, String condition, String action) {
    return "RULE %s\nCLASS %s\nMETHOD %s\n%s\nIF %s\nDO %s\nENDRULE\n"
        .formatted(name, type, method, location, condition, action);
  }
}
