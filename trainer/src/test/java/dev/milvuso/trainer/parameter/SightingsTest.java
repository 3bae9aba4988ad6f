package dev.milvuso.trainer.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SightingsTest {
    @Test
    void anIdIsEnoughAtItsNthSighting() {
        Sightings sightings = new Sightings(3, 7);
        assertThat(sightings.seen("ann")).isFalse();
        assertThat(sightings.seen("ann")).isFalse();
        assertThat(sightings.seen("bob")).isFalse();
        assertThat(sightings.seen("ann")).isTrue();
        assertThat(sightings.seen("bob")).isFalse();
    }

    @Test
    void atOneSightingNothingIsCounted() {
        Sightings sightings = new Sightings(1, 7);
        assertThat(sightings.seen("ann")).isTrue();
        assertThat(sightings.parts()).isZero();
    }

    @Test
    void ofManySeenOnceHardlyAnyIsTakenForOneSeenTwice() {
        Sightings sightings = new Sightings(2, 7);
        int taken = 0;
        for (int n = 0; n < 200_000; n++) {
            taken += sightings.seen("id" + n) ? 1 : 0;
        }
        assertThat(taken).isLessThan(50);
    }

    @Test
    void sightingsOfLongAgoAreForgotten() {
        Sightings sightings = new Sightings(2, 7);
        sightings.seen("long ago");
        for (int n = 0; n < 1 << 20; n++) {
            sightings.seen("every day");
        }
        assertThat(sightings.seen("long ago")).isFalse();
        assertThat(sightings.seen("long ago")).isTrue();
    }

    @Test
    void whatIsRestoredGoesOnCounting() throws IOException {
        Sightings written = new Sightings(2, 7);
        written.seen("ann");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.write(new DataOutputStream(bytes));
        Sightings read = new Sightings(2, 8);
        assertThat(read.changed().cardinality())
                .as("nothing is on the disk yet")
                .isEqualTo(read.parts());
        int parts = read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        for (int part = 0; part < parts; part++) {
            read.restore(part, written.part(part));
        }
        assertThat(read.changed().isEmpty()).isTrue();
        assertThat(read.seen("ann")).isTrue();
        assertThat(read.seen("bob")).isFalse();
        assertThat(read.changed().isEmpty()).isFalse();
    }
}
