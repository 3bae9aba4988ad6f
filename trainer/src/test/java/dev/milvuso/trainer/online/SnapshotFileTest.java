package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotFileTest {
    @TempDir
    Path parent;

    private Path directory;
    private SnapshotFile snapshots;

    @BeforeEach
    void nameThePlace() {
        directory = parent.resolve("deep/trainer");
        snapshots = new SnapshotFile(directory);
    }

    private void write(String text) {
        snapshots.write(out -> out.writeUTF(text));
    }

    private Optional<String> read() {
        return snapshots.read(in -> in.readUTF());
    }

    private void change(String name, byte[] bytes) throws IOException {
        Files.write(directory.resolve(name), bytes);
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }

    @Test
    void theNewestIsReadAndTheOneBeforeIsKept() throws IOException {
        assertThat(read()).isEmpty();
        write("one");
        assertThat(read()).contains("one");
        write("two");
        write("three");
        assertThat(read()).contains("three");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("snapshot", "snapshot.previous");
        }
        Files.delete(directory.resolve("snapshot"));
        assertThat(read()).contains("two");
    }

    @Test
    void aWriteThatBreaksOffLeavesWhatWasThere() {
        write("one");
        assertThatThrownBy(() -> snapshots.write(out -> {
                    out.writeUTF("two");
                    out.flush();
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("the disk is full");
        assertThat(read()).contains("one");
        write("three");
        assertThat(read()).contains("three");
    }

    @Test
    void anyPrefixOfAFileIsRefusedAndTheOneBeforeUsed() throws IOException {
        write("one");
        write("two");
        byte[] whole = bytes("snapshot");
        for (int length = 0; length < whole.length; length++) {
            change("snapshot", Arrays.copyOf(whole, length));
            assertThat(read()).contains("one");
        }
    }

    @Test
    void anyChangedBitIsFoundAndTheOneBeforeUsed() throws IOException {
        write("one");
        write("two");
        byte[] whole = bytes("snapshot");
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            change("snapshot", changed);
            assertThat(read()).contains("one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half", "MVST", "something quite different that is long enough"})
    void ifNoneCanBeUsedItIsSaidWhyAndWhatToDo(String damaged) throws IOException {
        write("one");
        write("two");
        for (String name : List.of("snapshot", "snapshot.previous")) {
            Files.writeString(directory.resolve(name), damaged);
        }
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no snapshot in " + directory + " can be used (snapshot: it is not a snapshot; "
                        + "snapshot.previous: it is not a snapshot): ")
                .hasMessageEndingWith(
                        "delete the directory and set registry.start_anew=true to learn anew from the log's beginning")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aContentThatDoesNotFitIsRefusedWithItsReason() {
        write("one");
        assertThatThrownBy(() -> snapshots.read(in -> {
                    throw new IllegalArgumentException("rows of 7 numbers");
                }))
                .hasMessageContaining("(snapshot: rows of 7 numbers)");
        assertThatThrownBy(() -> snapshots.read(in -> in.readUTF() + in.readLong() + in.readLong()))
                .hasMessageContaining("(snapshot: it ends too early)");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.writeString(directory, "a file");
        assertThatThrownBy(() -> write("one"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the trainer's snapshot cannot be written to " + directory);
    }
}
