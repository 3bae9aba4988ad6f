package dev.milvuso.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimelineTest {
    @TempDir
    Path directory;

    private Timeline read(DataFormat format, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("data"), text);
        return Timeline.read(
                List.of(file), format, OnError.FAIL, ConfigLoader.defaults().actions());
    }

    @Test
    void eventsStandInTheOrderOfTimeAndThoseOfOneTimeInThatOfTheFile() throws IOException {
        Timeline events = read(DataFormat.NCF, "v\tb\t5\t30\nu\ta\t5\t10\nw\tc\t5\t30\nu\tb\t5\t20\n");
        assertThat(events.userIds()).containsExactly("u", "v", "w");
        assertThat(events.itemIds()).containsExactly("a", "b", "c");
        assertThat(events.size()).isEqualTo(4);
        assertThat(List.of(events.user(0), events.user(1), events.user(2), events.user(3)))
                .containsExactly(0, 0, 1, 2);
        assertThat(events.millis(1)).isEqualTo(20_000);
        assertThat(List.of(events.itemsBefore(0), events.itemsBefore(2), events.itemsBefore(3)))
                .containsExactly(0, 2, 2);
        assertThat(List.of(events.usersBefore(1), events.usersBefore(3))).containsExactly(1, 2);
        PositivePairs middle = events.positives(1, 3);
        assertThat(middle.userIds()).containsExactly("u", "v");
        assertThat(middle.itemIds()).containsExactly("b");
    }

    @Test
    void ratingsBelowThreeAreNotPositiveAndWhatSaysNothingIsLeftOut() throws IOException {
        Timeline ratings = read(DataFormat.MOVIELENS, "user,movie,rating,timestamp,quality\nu,a,2,5,1\nu,b,4,6,1\n");
        assertThat(ratings.isPositive(0)).isFalse();
        assertThat(ratings.isPositive(1)).isTrue();
        assertThat(ratings.positives(0, 2).size()).isEqualTo(1);
        Timeline actions =
                read(DataFormat.CSV, "user_id,item_id,action_type,timestamp\nu,a,View,5\nu,b,Skip,6\nu,c,Like,7\n");
        assertThat(actions.weight(0)).isEqualTo(0.5f);
        assertThat(actions.isPositive(1)).isFalse();
        assertThat(actions.weight(2)).isEqualTo(1);
    }

    @Test
    void withoutActionTypesEveryLineIsPositive() throws IOException {
        Timeline events = read(DataFormat.CSV, "user,movie,rating,timestamp\nu,a,1,5\n");
        assertThat(events.isPositive(0)).isTrue();
    }
}
