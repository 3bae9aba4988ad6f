package dev.milvuso.trainer.online;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back is what was there when the snapshot began. */
final class SnapshotsTest {
    private static final int USERS = 6000;

    @TempDir
    Path directory;

    private final Config config = ConfigLoader.load(
            Optional.empty(),
            Map.of(),
            List.of(
                    "online.row_after_sightings=2",
                    "online.row_expiry=100s",
                    "online.rehearsals=1",
                    "online.rehearsal_examples=5000",
                    "online.remembered_examples=9000"));
    private final SplittableRandom random = new SplittableRandom(5);
    private int learnt;

    private OnlineCore core() {
        return new OnlineCore(config.online(), config.training(), config.features(), config.ranking(), 8);
    }

    private void learn(OnlineCore core, int examples) {
        for (int n = 0; n < examples; n++) {
            String user = "user" + random.nextInt(USERS);
            core.apply("e" + learnt++, user, "item" + random.nextInt(300), 1, 1, learnt * 20L);
        }
    }

    private static TrainerState state(OnlineCore core, long step) {
        return new TrainerState(new ModelVersion("v"), step, Map.of(0, step), core);
    }

    private static void write(Snapshots snapshots, OnlineCore core, long step) {
        CoreImage image = snapshots.freeze(core);
        snapshots.write(state(core, step), image);
        core.parts().release(image, true);
    }

    private TrainerState read() {
        return new Snapshots(directory).read(this::core).orElseThrow();
    }

    /** All that two cores must agree in: rows with their state, and what both learn from the same examples. */
    private static String content(OnlineCore core) {
        StringBuilder content = new StringBuilder();
        content.append(Arrays.toString(ranker(core).parameters()));
        content.append(core.applied())
                .append(' ')
                .append(core.steps())
                .append(' ')
                .append(core.loss());
        for (ParameterTable table : List.of(core.model().users(), core.model().items())) {
            for (int row = 0; row < table.size(); row++) {
                content.append('\n').append(table.id(row)).append(table.generation(row));
                for (int i = 0; i < table.dimension(); i++) {
                    content.append(' ').append(table.chunk(row)[table.offset(row) + i]);
                }
                for (int i = 0; i < table.stateWidth(); i++) {
                    content.append(' ').append(table.stateChunk(row)[table.stateOffset(row) + i]);
                }
            }
        }
        return content.toString();
    }

    private static RankerWeights ranker(OnlineCore core) {
        return core.ranker().weights(new ModelVersion("v"), 1, 1);
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("parts-"))
                    .toList();
        }
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (Path file : parts()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    @Test
    void manySnapshotsOfATableWhoseRowsComeAndGoAreReadBitForBit() throws IOException {
        OnlineCore core = core();
        Snapshots snapshots = new Snapshots(directory);
        long first = 0;
        for (int round = 1; round <= 12; round++) {
            learn(core, 3000);
            write(snapshots, core, round);
            first = round == 1 ? bytes() : first;
            TrainerState read = read();
            assertThat(read.step()).isEqualTo(round);
            assertThat(read.offsets()).isEqualTo(Map.of(0, (long) round));
            assertThat(content(read.core())).isEqualTo(content(core));
            assertThat(read.core().isKnown("e" + (learnt - 1))).isTrue();
            assertThat(read.core().isKnown("e" + (learnt - 9001))).isFalse();
        }
        assertThat(core.model().users().live())
                .as("rows have expired and been made anew")
                .isLessThan(core.model().users().size());
        assertThat(bytes()).as("old files have gone").isLessThan(4 * first);
        // What was read goes on as what was written does, snapshots and all.
        Snapshots other = new Snapshots(directory);
        OnlineCore restored = other.read(this::core).orElseThrow().core();
        restored.apply("one more", "user1", "item1", 1, 1, 0);
        restored.apply("one more", "user1", "item1", 1, 1, 0);
        write(other, restored, 13);
        assertThat(content(read().core())).isEqualTo(content(restored));
    }

    @Test
    void whatIsLearntWhileASnapshotIsWrittenIsNotInIt() throws Exception {
        OnlineCore core = core();
        Snapshots snapshots = new Snapshots(directory);
        learn(core, 8000);
        for (int round = 1; round <= 8; round++) {
            learn(core, 500);
            String then = content(core);
            CoreImage image = snapshots.freeze(core);
            long step = round;
            Thread writing = new Thread(() -> snapshots.write(state(core, step), image));
            learn(core, 50);
            writing.start();
            while (writing.isAlive()) {
                learn(core, 1);
            }
            writing.join();
            core.parts().release(image, true);
            assertThat(content(core)).isNotEqualTo(then);
            assertThat(content(read().core())).isEqualTo(then);
        }
    }

    @Test
    void onlyWhatChangedIsWrittenAndWhatFailedIsWrittenTheNextTime() throws IOException {
        OnlineCore core = core();
        Snapshots snapshots = new Snapshots(directory);
        learn(core, 20_000);
        write(snapshots, core, 1);
        long all = bytes();
        CoreImage nothing = snapshots.freeze(core);
        assertThat(nothing.groups())
                .allMatch(group -> group.whole().isEmpty() && !group.pieces().hasNext());
        core.parts().release(nothing, true);

        core.apply("one", core.model().users().id(0), core.model().items().id(0), 0, 1, 0);
        CoreImage lost = snapshots.freeze(core);
        assertThat(lost.users().whole().cardinality()).isZero();
        core.parts().release(lost, false);
        write(snapshots, core, 2);
        assertThat(bytes() - all).isPositive().isLessThan(all / 4);
        assertThat(content(read().core())).isEqualTo(content(core));
    }

    @Test
    void ofADamagedOrMissingPartTheSnapshotBeforeIsUsed() throws IOException {
        OnlineCore core = core();
        Snapshots snapshots = new Snapshots(directory);
        learn(core, 5000);
        write(snapshots, core, 1);
        String before = content(core);
        learn(core, 500);
        write(snapshots, core, 2);
        assertThat(parts()).hasSize(2);
        Path newest = directory.resolve("parts-2");
        byte[] whole = Files.readAllBytes(newest);
        for (int at = 0; at < whole.length; at += whole.length / 50) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(newest, damaged);
            assertThat(read().step()).isEqualTo(1);
        }
        Files.delete(newest);
        assertThat(content(read().core())).isEqualTo(before);

        // Learning goes on from there, and what it writes can be read.
        Snapshots again = new Snapshots(directory);
        OnlineCore restored = again.read(this::core).orElseThrow().core();
        learn(restored, 500);
        write(again, restored, 3);
        assertThat(content(read().core())).isEqualTo(content(restored));
    }

    /** So few rows that no chunk of users is written whole for it. */
    private void learnLittle(OnlineCore core) {
        for (int n = 0; n < 60; n++) {
            core.apply(
                    "e" + learnt, "user" + random.nextInt(USERS), "item" + random.nextInt(300), 0, 1, learnt++ * 20L);
        }
    }

    @Test
    void rowsThatMovedAreWrittenWithoutTheOthersOfTheirChunk() throws IOException {
        OnlineCore core = core();
        Snapshots snapshots = new Snapshots(directory);
        learn(core, 40_000);
        write(snapshots, core, 1);
        long all = bytes();
        for (int round = 2; round <= 100; round++) {
            learnLittle(core);
            write(snapshots, core, round);
            if (round % 25 == 2) {
                assertThat(content(read().core())).isEqualTo(content(core));
            }
        }
        assertThat(bytes()).as("pieces that are in all parts by now have gone").isLessThan(4 * all);
        assertThat(parts()).hasSizeLessThan(75);
    }

    @Test
    void ofAPieceThatIsDamagedOrCutOffTheSnapshotBeforeIsUsed() throws IOException {
        OnlineCore core = core();
        Snapshots snapshots = new Snapshots(directory);
        learn(core, 20_000);
        write(snapshots, core, 1);
        String before = content(core);
        learnLittle(core);
        write(snapshots, core, 2);
        Path newest = directory.resolve("parts-2");
        byte[] whole = Files.readAllBytes(newest);
        for (int at = 0; at < whole.length; at += whole.length / 40) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(newest, damaged);
            assertThat(read().step()).isEqualTo(1);
            Files.write(newest, Arrays.copyOf(whole, at));
            assertThat(read().step()).isEqualTo(1);
        }
        assertThat(content(read().core())).isEqualTo(before);
        Files.write(newest, whole);
        assertThat(content(read().core())).isEqualTo(content(core));
    }

    @Test
    void aWriterThatIsKilledAtAnyByteLeavesTheSnapshotBefore() throws IOException {
        OnlineCore core = core();
        Snapshots snapshots = new Snapshots(directory);
        learn(core, 6000);
        write(snapshots, core, 1);
        learnLittle(core);
        write(snapshots, core, 2);
        String before = content(core);
        byte[] two = Files.readAllBytes(directory.resolve("snapshot"));
        byte[] one = Files.readAllBytes(directory.resolve("snapshot.previous"));
        learnLittle(core);
        write(snapshots, core, 3);
        Path parts = directory.resolve("parts-3");
        byte[] three = Files.readAllBytes(directory.resolve("snapshot"));
        byte[] pieces = Files.readAllBytes(parts);
        Files.write(directory.resolve("snapshot"), two);
        Files.write(directory.resolve("snapshot.previous"), one);
        for (int length = 0; length < pieces.length; length += pieces.length / 37) {
            Files.write(parts, Arrays.copyOf(pieces, length));
            assertThat(read().step()).isEqualTo(2);
        }
        Files.write(parts, pieces);
        for (int length = 0; length <= three.length; length += three.length / 37) {
            Files.write(directory.resolve("snapshot.new"), Arrays.copyOf(three, length));
            assertThat(read().step()).isEqualTo(2);
        }
        Files.move(directory.resolve("snapshot"), directory.resolve("snapshot.previous"), REPLACE_EXISTING);
        assertThat(content(read().core())).as("between the two names").isEqualTo(before);

        Snapshots again = new Snapshots(directory);
        OnlineCore restored = again.read(this::core).orElseThrow().core();
        learn(restored, 700);
        write(again, restored, 4);
        assertThat(content(read().core())).isEqualTo(content(restored));
    }

    @Test
    void aPieceThatCannotBeMovedIsWrittenFromMemory() throws IOException {
        OnlineCore core = core();
        Snapshots snapshots = new Snapshots(directory);
        learn(core, 20_000);
        write(snapshots, core, 1);
        learnLittle(core);
        write(snapshots, core, 2);
        // From now on the rings alone move, so that the second file wears out.
        Path second = directory.resolve("parts-2");
        byte[] damaged = Files.readAllBytes(second);
        damaged[0] ^= 1;
        Files.write(second, damaged);
        int failures = 0;
        for (int round = 3; round <= 40; round++) {
            learnLittle(core);
            CoreImage image = snapshots.freeze(core);
            boolean written = false;
            try {
                snapshots.write(state(core, round), image);
                written = true;
            } catch (UncheckedIOException e) {
                assertThat(e).hasMessageContaining("parts-2 is damaged");
                failures++;
            }
            core.parts().release(image, written);
        }
        assertThat(failures).isEqualTo(1);
        assertThat(read().step()).isEqualTo(40);
        assertThat(content(read().core())).isEqualTo(content(core));
    }
}
