package io.flafka.tools.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.Span;
import org.junit.jupiter.api.Test;

class TilesTest {
  private final Tiles tiles = new Tiles(30L);

  @Test
  void tilesThatAdjoinHaveNoHole() {
    tiles.published(new Span(0, 10), "a");
    tiles.published(new Span(10, 30), "b");
    assertThat(tiles.taken().holes(tiles.beginning(true), tiles.end())).isEmpty();
    assertThat(tiles.overlaps().count()).isZero();
  }

  @Test
  void theOrderOfTheManifestsDoesNotMatter() {
    tiles.published(new Span(10, 30), "b");
    tiles.pending(new Span(0, 10), "a");
    assertThat(tiles.taken().all()).containsExactly(new Span(0, 30));
    assertThat(tiles.pending()).containsExactly(new Report.Piece(0, 10, "a"));
  }

  @Test
  void holesReachToTheCommittedOffset() {
    tiles.published(new Span(5, 10), "a");
    assertThat(tiles.taken().holes(tiles.beginning(true), tiles.end()))
        .containsExactly(new Span(0, 5), new Span(10, 30));
  }

  @Test
  void anOverlapNamesTheLaterManifest() {
    tiles.published(new Span(0, 10), "a");
    tiles.published(new Span(8, 12), "b");
    assertThat(tiles.overlaps().first()).containsExactly(new Report.Piece(8, 10, "b"));
  }

  @Test
  void whatIsStagedIsInNobodysWay() {
    tiles.published(new Span(0, 10), "a");
    tiles.staged(new Span(0, 10), "b");
    assertThat(tiles.overlaps().count()).isZero();
    assertThat(tiles.staged()).containsExactly(new Report.Piece(0, 10, "b"));
  }

  @Test
  void whatCameAfterTheGroupWasAskedDoesNotCount() {
    tiles.published(new Span(0, 30), "a");
    tiles.published(new Span(30, 40), "b");
    tiles.published(new Span(41, 50), "c");
    assertThat(tiles.taken().end()).isEqualTo(30);
    assertThat(tiles.beyond(50L)).isEmpty();
  }

  @Test
  void whatHasLandedPastTheGroupIsTold() {
    tiles.published(new Span(20, 40), "a");
    assertThat(tiles.beyond(30L)).containsExactly(new Span(30, 40));
    assertThat(tiles.taken().all()).containsExactly(new Span(20, 30));
  }

  @Test
  void whatIsPastTheGroupTwiceOverlapsNothing() {
    tiles.published(new Span(30, 40), "a");
    tiles.published(new Span(30, 40), "b");
    assertThat(tiles.overlaps().count()).isZero();
  }

  @Test
  void aGroupWithoutAnOffsetIsWhereTheLastTileEnds() {
    Tiles forgotten = new Tiles(null);
    forgotten.published(new Span(0, 10), "a");
    forgotten.published(new Span(20, 25), "b");
    assertThat(forgotten.end()).isEqualTo(25);
    assertThat(forgotten.taken().holes(forgotten.beginning(true), forgotten.end()))
        .containsExactly(new Span(10, 20));
  }

  @Test
  void sinceADayItBeginsWithTheFirstTile() {
    tiles.earlier(new Span(0, 5));
    tiles.published(new Span(10, 30), "a");
    assertThat(tiles.beginning(false)).isEqualTo(10);
  }

  @Test
  void sinceADayOfWhichThereIsNothingItBeginsWhereTheLastOneEnded() {
    tiles.earlier(new Span(0, 5));
    tiles.earlier(new Span(5, 28));
    assertThat(tiles.beginning(false)).isEqualTo(28);
    assertThat(tiles.taken().holes(tiles.beginning(false), tiles.end()))
        .containsExactly(new Span(28, 30));
  }
}
