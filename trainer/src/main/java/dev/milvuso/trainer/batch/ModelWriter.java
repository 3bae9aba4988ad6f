package dev.milvuso.trainer.batch;

import static dev.milvuso.trainer.batch.ModelDirectory.ITEMS;
import static dev.milvuso.trainer.batch.ModelDirectory.ITEM_IDS;
import static dev.milvuso.trainer.batch.ModelDirectory.MANIFEST;
import static dev.milvuso.trainer.batch.ModelDirectory.PAIRS;
import static dev.milvuso.trainer.batch.ModelDirectory.RECENT_IDS;
import static dev.milvuso.trainer.batch.ModelDirectory.USERS;
import static dev.milvuso.trainer.batch.ModelDirectory.USER_IDS;

import dev.milvuso.trainer.data.Cut;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes the files of a {@link ModelDirectory}, each forced to disk, the manifest last. */
final class ModelWriter {
    private ModelWriter() {}

    private interface Content {
        void write(ModelFileWriter file) throws IOException;
    }

    /** @param directory new and empty */
    static void write(Path directory, TrainedModel model, Cut cut) throws IOException {
        ParameterTable users = model.factors().users();
        ParameterTable items = model.factors().items();
        Histories histories = model.histories();
        Map<String, Content> contents = new TreeMap<>(Map.of(
                USERS, file -> writeRows(file, users),
                ITEMS, file -> writeRows(file, items),
                USER_IDS, file -> writeIds(file, users),
                ITEM_IDS, file -> writeIds(file, items),
                PAIRS,
                        file -> {
                            file.ints(histories.offsets());
                            file.ints(histories.items());
                        }));
        if (!cut.recent().isEmpty()) {
            contents.put(RECENT_IDS, file -> {
                for (String id : cut.recent()) {
                    file.line(id);
                }
            });
        }
        Map<String, Manifest.FileSum> sums = new TreeMap<>();
        for (Map.Entry<String, Content> content : contents.entrySet()) {
            try (ModelFileWriter file = new ModelFileWriter(directory.resolve(content.getKey()))) {
                content.getValue().write(file);
                sums.put(content.getKey(), file.finish());
            }
        }
        Scoring scoring = model.factors().scoring();
        Manifest manifest = new Manifest(
                Manifest.format(scoring),
                users.dimension(),
                users.size(),
                items.size(),
                histories.items().length,
                scoring.metric().label(),
                scoring.userBiases(),
                scoring.globalBias(),
                scoring.scale(),
                sums,
                cut.sorted());
        try (ModelFileWriter file = new ModelFileWriter(directory.resolve(MANIFEST))) {
            file.line(manifest.toJson());
            file.finish();
        }
    }

    private static void writeRows(ModelFileWriter file, ParameterTable table) throws IOException {
        for (int row = 0; row < table.size(); row++) {
            file.floats(table.chunk(row), table.offset(row), table.dimension());
        }
    }

    private static void writeIds(ModelFileWriter file, ParameterTable table) throws IOException {
        for (int row = 0; row < table.size(); row++) {
            file.line(table.id(row));
        }
    }
}
