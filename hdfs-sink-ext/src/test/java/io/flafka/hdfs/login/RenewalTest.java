package io.flafka.hdfs.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RenewalTest {
  private static final Duration LIFE = Duration.ofHours(10);

  private final Fake ticket = new Fake();
  private final Renewal renewal = new Renewal(ticket, "flume@EXAMPLE.COM");

  private static final class Fake implements Ticket {
    private Duration remaining = LIFE;
    private Duration renewed = LIFE;
    private boolean refuses;
    private int attempts;

    @Override
    public Duration remaining() {
      return remaining;
    }

    @Override
    public void renew() throws IOException {
      attempts++;
      if (refuses) {
        throw new IOException("no KDC");
      }
      remaining = renewed;
    }
  }

  @Test
  void leavesATicketAloneUntilAQuarterOfItsLifeIsLeft() {
    ticket.remaining = Duration.ofMinutes(151);
    assertThat(renewal.look()).isEqualTo(Duration.ofMinutes(1));
    assertThat(ticket.attempts).isZero();

    ticket.remaining = Duration.ofMinutes(150);
    renewal.look();
    assertThat(ticket.attempts).isEqualTo(1);
    assertThat(ticket.remaining).isEqualTo(LIFE);
  }

  @Test
  void triesAgainAndAgainWhatFailsUntilTheTicketExpiresAndAfter() {
    ticket.refuses = true;
    ticket.remaining = Duration.ofMinutes(10);
    assertThat(renewal.look()).isEqualTo(Duration.ofMinutes(1));
    ticket.remaining = Duration.ZERO;
    renewal.look();
    assertThat(ticket.attempts).isEqualTo(2);

    ticket.refuses = false;
    renewal.look();
    assertThat(ticket.remaining).isEqualTo(LIFE);
  }

  @Test
  void comesBackSoonWhenHadoopLeftTheTicketAsItIs() {
    ticket.remaining = Duration.ofSeconds(5);
    ticket.renewed = ticket.remaining;
    assertThat(renewal.look()).isLessThanOrEqualTo(Duration.ofMinutes(1));
    renewal.look();
    assertThat(ticket.attempts).isEqualTo(2);
  }

  @Test
  void goesByTheLifeOfTheLatestTicket() {
    ticket.remaining = Duration.ZERO;
    ticket.renewed = Duration.ofSeconds(20);
    assertThat(renewal.look()).isEqualTo(Duration.ofSeconds(10));

    ticket.remaining = Duration.ofSeconds(7);
    assertThat(renewal.look()).isEqualTo(Duration.ofSeconds(2));
    ticket.remaining = Duration.ofMillis(5_100);
    assertThat(renewal.look()).isEqualTo(Duration.ofSeconds(1));
    assertThat(ticket.attempts).isEqualTo(1);
  }
}
