package dev.milvuso.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.standalone.command.Milvuso;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code recommend-all} into a Parquet file, whole: here, as no other module's tests have the launcher's class path.
 */
class ListsInParquetTest {
    private static final int USERS = 3000;
    private static final int ITEMS = 50;

    @TempDir
    Path directory;

    private final StringWriter err = new StringWriter();

    private void run(Object... arguments) {
        String[] texts = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
        int exit = Milvuso.run(new PrintWriter(new StringWriter(), true), new PrintWriter(err, true), texts);
        assertThat(exit).as(err.toString()).isZero();
    }

    private Path model() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < USERS; user++) {
            for (int i = 0; i < 3; i++) {
                lines.append(
                        "\u00fcser-" + user + "\ti" + (user * 7 + i * 11) % ITEMS + "\t5\t" + (978300000 + i) + "\n");
            }
        }
        Path data = Files.writeString(directory.resolve("train"), lines);
        Path model = directory.resolve("model");
        run("train", "--format", "ncf", "--data", data, "--model-out", model, "--set", "training.epochs=1");
        return model;
    }

    @Test
    void everyRowHoldsWhatItsLineHolds() throws IOException {
        Path model = model();
        Path lines = directory.resolve("lists.jsonl");
        Path parquet = directory.resolve("lists.parquet");
        run("recommend-all", "--model", model, "--num", 5, "--out", lines);
        run("recommend-all", "--model", model, "--num", 5, "--out", parquet);

        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(lines)) {
            expected.add(ofLine(new ObjectMapper().readTree(line)));
        }
        assertThat(expected).hasSize(USERS);
        assertThat(rows(parquet)).isEqualTo(expected);
        assertThat(expected.get(0)).contains(" personal");
        assertThat(directory.resolve("lists.parquet.part")).doesNotExist();
    }

    private static String ofLine(JsonNode list) {
        StringBuilder text = new StringBuilder(list.get("user_id").textValue());
        for (JsonNode item : list.get("recommendations")) {
            text.append(' ').append(item.get("item_id").textValue());
            text.append(' ').append(item.get("score").doubleValue());
            text.append(' ').append(list.get("source").textValue());
        }
        return text.toString();
    }

    private static List<String> rows(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new Reading(file).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                StringBuilder text = new StringBuilder(row.getString("user_id", 0));
                Group items = row.getGroup("items", 0);
                for (int i = 0; i < items.getFieldRepetitionCount("list"); i++) {
                    Group item = items.getGroup("list", i).getGroup("element", 0);
                    text.append(' ').append(item.getString("item_id", 0));
                    text.append(' ').append(item.getDouble("score", 0));
                    text.append(' ').append(item.getString("source", 0));
                }
                rows.add(text.toString());
            }
        }
        return rows;
    }

    /** With a configuration that reads none of Hadoop's files. */
    private static final class Reading extends ParquetReader.Builder<Group> {
        Reading(Path file) {
            super(new LocalInputFile(file), new PlainParquetConfiguration());
        }

        @Override
        protected GroupReadSupport getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
