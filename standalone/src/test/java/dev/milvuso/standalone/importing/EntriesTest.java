package dev.milvuso.standalone.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntriesTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aPairIsALikeWhateverItsRating() throws IOException {
        assertThat(bodies(DataFormat.NCF, "a.rating", "1\t2\t1\t978300760\n"))
                .containsExactly(
                        "{\"user_id\":\"1\",\"item_id\":\"2\",\"action_type\":\"Like\",\"timestamp\":\"2000-12-31T22:12:40Z\"}");
        assertThat(bodies(DataFormat.ADJACENCY, "a.txt", "1 2 3\n"))
                .containsExactly(
                        "{\"user_id\":\"1\",\"item_id\":\"2\",\"action_type\":\"Like\"}",
                        "{\"user_id\":\"1\",\"item_id\":\"3\",\"action_type\":\"Like\"}");
    }

    @Test
    void aMovieLensRatingKeepsItsValueAndHalfAStarCountsAsOne() throws IOException {
        assertThat(bodies(DataFormat.MOVIELENS, "ratings.dat", "1::2::3::978300760\n"))
                .singleElement()
                .asString()
                .contains("\"action_type\":\"Rate\",\"value\":3.0");
        assertThat(bodies(DataFormat.MOVIELENS, "ratings.csv", "userId,movieId,rating,timestamp\n1,2,0.5,978300760\n"))
                .singleElement()
                .asString()
                .contains("\"action_type\":\"Rate\",\"value\":1.0");
    }

    @Test
    void movieLensFilmsAreItemsAlsoInTheirOldEncoding() throws IOException {
        byte[] latin = "1::Amélie (2001)::Comedy|Romance\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(directory.resolve("movies.dat"), latin);
        List<Entry> entries = entries(file, DataFormat.MOVIELENS, OnError.FAIL);
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(Kind.ITEM);
            assertThat(entry.body().toString())
                    .isEqualTo("{\"item_id\":\"1\",\"title\":\"Amélie (2001)\",\"category\":\"Comedy\","
                            + "\"tags\":[\"Comedy\",\"Romance\"],\"attributes\":{\"year\":2001},"
                            + "\"created_at\":\"2001-01-01T00:00:00Z\"}");
        });
        assertThat(bodies(DataFormat.MOVIELENS, "movies.csv", "movieId,title,genres\n5,\"Heat, The\",Drama\n"))
                .singleElement()
                .asString()
                .contains("\"title\":\"Heat, The\"");
    }

    @Test
    void aTableNamesItsTypesAndValues() throws IOException {
        String table = "item_id,user_id,action_type,value,timestamp\nx,u,Rate,4,2026-01-31T12:00:00Z\ny,u,,,\n";
        assertThat(bodies(DataFormat.CSV, "a.csv", table))
                .containsExactly(
                        "{\"user_id\":\"u\",\"item_id\":\"x\",\"action_type\":\"Rate\",\"value\":4.0,"
                                + "\"timestamp\":\"2026-01-31T12:00:00Z\"}",
                        "{\"user_id\":\"u\",\"item_id\":\"y\",\"action_type\":\"Like\"}");
    }

    @Test
    void jsonKeepsEveryFieldAndItsOwnEventIdAndTellsItemsFromActions() throws IOException {
        String action = "{\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"View\",\"context\":{\"a\":1}}";
        String named = "{\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"View\",\"event_id\":\"mine\"}";
        String item = "{\"item_id\":\"i\",\"embedding\":[0.5,1]}";
        Path file = write("a.jsonl", action + "\n\n" + named + "\n" + item + "\n");
        List<Entry> entries = entries(file, DataFormat.JSONL, OnError.FAIL);
        assertThat(entries).extracting(Entry::kind).containsExactly(Kind.ACTION, Kind.ACTION, Kind.ITEM);
        assertThat(entries.get(0).body().path("context").path("a").intValue()).isEqualTo(1);
        assertThat(entries.get(0).body().path("event_id").asText()).startsWith("import-");
        assertThat(entries.get(1).body().path("event_id").asText()).isEqualTo("mine");
        assertThat(entries.get(1).source()).endsWith("a.jsonl line 3");
        assertThat(entries.get(2).body().toString()).isEqualTo(item);
    }

    @Test
    void theSameLineHasTheSameEventIdOnEveryRunCompressedOrNotAndARepeatedLineItsOwn() throws IOException {
        String lines = "1\t2\t5\t978300760\n1\t2\t5\t978300760\n";
        List<String> first = eventIds(entries(write("a.rating", lines), DataFormat.NCF, OnError.FAIL));
        Path moved = Files.createDirectory(directory.resolve("elsewhere")).resolve("a.rating.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(moved))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(first).doesNotHaveDuplicates();
        assertThat(eventIds(entries(moved, DataFormat.NCF, OnError.FAIL))).isEqualTo(first);
        assertThat(eventIds(entries(write("a.txt", "1 2 2\n"), DataFormat.ADJACENCY, OnError.FAIL)))
                .doesNotHaveDuplicates();
    }

    @Test
    void aBadLineIsNamedOrCounted() throws IOException {
        Path file = write("bad.jsonl", """
                {"item_id":"i"}
                {"item_id":
                []
                {"item_id":"a","item_id":"b"}
                {"item_id":"i","action_type":"View"}
                """);
        assertThatThrownBy(() -> entries(file, DataFormat.JSONL, OnError.FAIL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad.jsonl line 2: is not valid JSON");
        try (Entries entries = Entries.open(file, DataFormat.JSONL, OnError.SKIP)) {
            assertThat(entries.next()).isNotNull();
            assertThat(entries.next()).isNull();
            assertThat(entries.skipped()).isEqualTo(4);
            assertThat(entries.bytesRead()).isEqualTo(Files.size(file));
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private List<String> bodies(DataFormat format, String name, String text) throws IOException {
        return entries(write(name, text), format, OnError.FAIL).stream()
                .map(entry -> entry.body() instanceof ObjectNode body
                        ? body.<JsonNode>without("event_id").toString()
                        : "")
                .toList();
    }

    private static List<String> eventIds(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.body().path("event_id").asText())
                .toList();
    }

    private static List<Entry> entries(Path file, DataFormat format, OnError onError) {
        List<Entry> all = new ArrayList<>();
        try (Entries entries = Entries.open(file, format, onError)) {
            for (Entry next = entries.next(); next != null; next = entries.next()) {
                all.add(next);
            }
        }
        return all;
    }
}
