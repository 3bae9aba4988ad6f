package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final List<String> RECORDS = List.of("first", "", "the third record", "last");
    private static final int HEADER = 12;

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() {
        file = folder.resolve("deeper/journal");
        try (Journal journal = Journal.open(file, record -> {})) {
            RECORDS.forEach(record -> journal.append(record.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private List<String> read() {
        Read read = readWithDamage();
        assertThat(read.damage()).isEmpty();
        return read.records();
    }

    private record Read(List<String> records, Optional<String> damage) {}

    private Read readWithDamage() {
        List<String> found = new ArrayList<>();
        try (Journal journal = Journal.open(file, record -> found.add(new String(record, StandardCharsets.UTF_8)))) {
            return new Read(found, journal.damage());
        }
    }

    private static int end(int records) {
        return RECORDS.stream()
                .limit(records)
                .mapToInt(record -> HEADER + record.length())
                .sum();
    }

    @Test
    void recordsAreReadInTheOrderTheyWereWritten() {
        assertThat(read()).isEqualTo(RECORDS);
    }

    @Test
    void whereverTheFileIsCutOffTheWholeRecordsBeforeAreKeptAndWritingGoesOn() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        assertThat(whole).hasSize(end(4));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            int at = length;
            List<String> kept = RECORDS.stream()
                    .limit(IntStream.rangeClosed(1, 4)
                            .filter(count -> end(count) <= at)
                            .count())
                    .toList();
            assertThat(read()).as("cut to %d bytes", length).isEqualTo(kept);

            try (Journal journal = Journal.open(file, record -> {})) {
                journal.append("more".getBytes(StandardCharsets.UTF_8));
            }
            List<String> expected = new ArrayList<>(kept);
            expected.add("more");
            assertThat(read()).as("cut to %d bytes and written to", length).isEqualTo(expected);
        }
    }

    @Test
    void aFlippedBitBeforeTheLastRecordIsNamedAndWhatStandsBeforeItIsRead() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < end(3); i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            int at = i;
            int start = IntStream.of(0, end(1), end(2))
                    .filter(from -> from <= at)
                    .max()
                    .orElseThrow();
            Read read = readWithDamage();
            assertThat(read.damage().orElseThrow())
                    .as("bit of byte %d flipped", i)
                    .contains(file.toString())
                    .contains("damaged at byte " + start + ":");
            assertThat(read.records()).isEqualTo(RECORDS.subList(0, start == 0 ? 0 : start == end(1) ? 1 : 2));
            assertThat(file.resolveSibling(file.getFileName() + ".damaged")).hasBinaryContent(damaged);
            assertThat(read()).isEqualTo(read.records());
        }
    }

    @Test
    void aLastRecordWithOtherContentWasBeingWritten() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        whole[whole.length - 1] ^= 1;
        Files.write(file, whole);
        assertThat(read()).isEqualTo(RECORDS.subList(0, 3));
    }

    @Test
    void zerosAtTheEndAreDropped() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + 1000));
        assertThat(read()).isEqualTo(RECORDS);
        assertThat(file).hasSize(whole.length);
    }

    @Test
    void zerosWithSomethingBehindThemAreDamage() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] longer = Arrays.copyOf(whole, whole.length + 1000);
        longer[longer.length - 1] = 1;
        Files.write(file, longer);
        assertThat(readWithDamage().damage().orElseThrow()).contains("damaged at byte " + whole.length);
    }

    @Test
    void rewritingReplacesEverythingAndWritingGoesOn() throws IOException {
        try (Journal journal = Journal.open(file, record -> {})) {
            journal.rewrite(Stream.of("new".getBytes(StandardCharsets.UTF_8)));
            assertThat(journal.size()).isEqualTo(Files.size(file));
            journal.append("more".getBytes(StandardCharsets.UTF_8));
            assertThat(journal.size()).isEqualTo(Files.size(file));
        }
        assertThat(read()).containsExactly("new", "more");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void whatARewriteThatDiedLeftBehindIsInNobodysWay() throws IOException {
        Files.writeString(file.resolveSibling("journal.new"), "half a rewri");
        assertThat(read()).isEqualTo(RECORDS);
        try (Journal journal = Journal.open(file, record -> {})) {
            journal.rewrite(Stream.of("new".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(read()).containsExactly("new");
    }
}
