package dev.milvuso.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ItemReaderTest {
    private static final MovieItem MISERABLES =
            new MovieItem("73", "Misérables, Les (1995)", List.of("Drama", "Musical"), OptionalInt.of(1995));
    private static final MovieItem PLAIN = new MovieItem("74", "Bed of Roses", List.of(), OptionalInt.empty());

    @TempDir
    Path directory;

    private Path file(String text, Charset charset) throws IOException {
        return Files.write(directory.resolve("movies"), text.getBytes(charset));
    }

    private static List<MovieItem> read(Path file) {
        List<MovieItem> all = new ArrayList<>();
        try (ItemReader reader = ItemReader.open(file, OnError.FAIL)) {
            for (MovieItem next = reader.next(); next != null; next = reader.next()) {
                all.add(next);
            }
        }
        return all;
    }

    @Test
    void theOldSetsAreReadInTheirOldEncoding() throws IOException {
        String dat = "73::Misérables, Les (1995)::Drama|Musical\n74::Bed of Roses::\n";
        assertThat(read(file(dat, StandardCharsets.ISO_8859_1))).containsExactly(MISERABLES, PLAIN);
        assertThat(read(file(dat, StandardCharsets.UTF_8))).containsExactly(MISERABLES, PLAIN);
    }

    @Test
    void tabsMayStandForColons() throws IOException {
        String text = "73\tMisérables, Les (1995)\tDrama|Musical\n74\tBed of Roses\t\n";
        assertThat(read(file(text, StandardCharsets.UTF_8))).containsExactly(MISERABLES, PLAIN);
    }

    @Test
    void theNewSetsQuoteTitles() throws IOException {
        String csv = """
                movieId,title,genres
                73,"Misérables, Les (1995)",Drama|Musical
                74,Bed of Roses,(no genres listed)
                """;
        assertThat(read(file(csv, StandardCharsets.UTF_8))).containsExactly(MISERABLES, PLAIN);
    }

    @Test
    void aBadLineIsNamedOrSkipped() throws IOException {
        Path file = file("1::One::\n2::Two\n3::Three::\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + " line 2: has 2 fields, must have 3: id, title and genres");
        try (ItemReader reader = ItemReader.open(file, OnError.SKIP)) {
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).extracting(MovieItem::id).isEqualTo("3");
            assertThat(reader.skipped()).isEqualTo(1);
        }
    }

    @Test
    void whatIsNoListOfFilmsIsRefused() throws IOException {
        Path file = file("hello\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(file))
                .hasMessageStartingWith(file + " line 1: ")
                .hasMessageContaining("movieId,title,genres");
    }
}
