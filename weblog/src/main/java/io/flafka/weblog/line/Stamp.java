package io.flafka.weblog.line;

import java.nio.charset.StandardCharsets;

/**
 * The time stamp of Apache's access logs, as in {@code [15/Sep/2013:23:59:53 +0100]}, read straight
 * from a line's bytes.
 *
 * <p>Exactly this form counts: 28 bytes, English month names, every field within its range (leap
 * years considered), offsets up to 18 hours. A 60th second, which a leap second gives, is the next
 * minute's first. Reading never throws and allocates nothing.
 */
final class Stamp {
  /** The length of a stamp with its brackets, bytes. */
  static final int LENGTH = 28;

  /** What {@link #read} returns for bytes that are no stamp. */
  static final long NONE = Long.MIN_VALUE;

  private static final int NOT_A_NUMBER = -1;
  private static final byte[] MONTHS =
      "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /**
   * Days of the months before a month, in a year that starts in March, where leap days come last.
   */
  private static final int[] DAYS_SINCE_MARCH = {
    306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275
  };

  /** Days from 1 March of the year 0 to 1 January 1970. */
  private static final int EPOCH = 719_468;

  private Stamp() {}

  /**
   * Reads a stamp.
   *
   * @param at where it begins; there must be {@link #LENGTH} bytes
   * @return milliseconds since 1970, or {@link #NONE}
   */
  static long read(byte[] line, int at) {
    if (!isPunctuated(line, at)) {
      return NONE;
    }
    int month = month(line, at + 4);
    int day = twoDigits(line, at + 1);
    int year = year(line, at + 8);
    int hour = twoDigits(line, at + 13);
    int minute = twoDigits(line, at + 16);
    int second = twoDigits(line, at + 19);
    boolean isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0;
    if (!isTime || second > 60 || !isDate(year, month, day) || !isOffset(line, at + 22)) {
      return NONE;
    }
    long seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    return (seconds - offsetSeconds(line, at + 22)) * 1000;
  }

  private static boolean isPunctuated(byte[] line, int at) {
    return line[at] == '['
        && line[at + 3] == '/'
        && line[at + 7] == '/'
        && line[at + 12] == ':'
        && line[at + 15] == ':'
        && line[at + 18] == ':'
        && line[at + 21] == ' '
        && line[at + 27] == ']';
  }

  private static boolean isDate(int year, int month, int day) {
    if (year < 0 || month < 0 || day < 1) {
      return false;
    }
    boolean leapDay = month == 1 && day == 29 && isLeap(year);
    return leapDay || day <= DAYS[month];
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Days since 1970 in the Gregorian calendar. */
  private static long days(int year, int month, int day) {
    int shifted = month < 2 ? year - 1 : year;
    int leapDays =
        Math.floorDiv(shifted, 4) - Math.floorDiv(shifted, 100) + Math.floorDiv(shifted, 400);
    return 365L * shifted + leapDays + DAYS_SINCE_MARCH[month] + day - 1 - EPOCH;
  }

  private static boolean isOffset(byte[] line, int at) {
    int hours = twoDigits(line, at + 1);
    int minutes = twoDigits(line, at + 3);
    boolean isSigned = line[at] == '+' || line[at] == '-';
    return isSigned && hours >= 0 && minutes >= 0 && minutes < 60 && hours * 60 + minutes <= 1080;
  }

  private static int offsetSeconds(byte[] line, int at) {
    int seconds = (twoDigits(line, at + 1) * 60 + twoDigits(line, at + 3)) * 60;
    return line[at] == '-' ? -seconds : seconds;
  }

  /** 0 for January; -1 for what is no month. */
  private static int month(byte[] line, int at) {
    for (int i = 0; i < MONTHS.length; i += 3) {
      if (MONTHS[i] == line[at] && MONTHS[i + 1] == line[at + 1] && MONTHS[i + 2] == line[at + 2]) {
        return i / 3;
      }
    }
    return NOT_A_NUMBER;
  }

  private static int year(byte[] line, int at) {
    int century = twoDigits(line, at);
    int rest = twoDigits(line, at + 2);
    return century < 0 || rest < 0 ? NOT_A_NUMBER : century * 100 + rest;
  }

  private static int twoDigits(byte[] line, int at) {
    int tens = line[at] - '0';
    int ones = line[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NOT_A_NUMBER : tens * 10 + ones;
  }
}
