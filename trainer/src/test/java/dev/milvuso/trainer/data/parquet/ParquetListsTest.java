package dev.milvuso.trainer.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetListsTest {
    @TempDir
    Path directory;

    @Test
    void listsComeBackAsTheyWereWrittenEmptyOnesToo() throws IOException {
        Path file = directory.resolve("lists.parquet");
        Files.writeString(file, "what was there before");
        try (ParquetLists lists = new ParquetLists(file)) {
            ParquetLists.Row ada = new ParquetLists.Row("ada \u00e4");
            ada.add("dune", 2.5, "personal");
            ada.add("emma", -1, "popular");
            lists.write(ada);
            lists.write(new ParquetLists.Row("nobody"));
        }
        List<String> read = new ArrayList<>();
        try (ParquetReader<Group> reader = new Reading(file).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                read.add(row.getString("user_id", 0) + items(row.getGroup("items", 0)));
            }
        }
        assertThat(read).containsExactly("ada \u00e4 dune 2.5 personal emma -1.0 popular", "nobody");
    }

    private static String items(Group list) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < list.getFieldRepetitionCount("list"); i++) {
            Group item = list.getGroup("list", i).getGroup("element", 0);
            items.append(' ').append(item.getString("item_id", 0)).append(' ').append(item.getDouble("score", 0));
            items.append(' ').append(item.getString("source", 0));
        }
        return items.toString();
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
