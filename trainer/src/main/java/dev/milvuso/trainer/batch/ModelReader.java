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
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Reads the files of a {@link ModelDirectory}; what is damaged or of another format is an
 * {@link IllegalArgumentException} of one sentence.
 *
 * @param path where the files are
 * @param shown what users know the folder by
 */
record ModelReader(Path path, Path shown) {
    TrainedModel model() throws IOException {
        Manifest manifest = manifest();
        FactorModel factors =
                FactorModel.empty(manifest.dimension(), new Sgd(), 0).scored(scoring(manifest));
        readTable(manifest, USERS, USER_IDS, manifest.users(), factors.users());
        readTable(manifest, ITEMS, ITEM_IDS, manifest.items(), factors.items());
        return new TrainedModel(factors, readHistories(manifest));
    }

    Cut cut() throws IOException {
        Manifest manifest = manifest();
        return new Cut(manifest.cut(), manifest.files().containsKey(RECENT_IDS) ? recent(manifest) : List.of());
    }

    private Manifest manifest() throws IOException {
        try {
            return Manifest.parse(Files.readString(path.resolve(MANIFEST)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(shown.resolve(MANIFEST) + ": " + e.getMessage(), e);
        }
    }

    private Scoring scoring(Manifest manifest) {
        try {
            return manifest.scoring();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(shown.resolve(MANIFEST) + ": " + e.getMessage(), e);
        }
    }

    private ModelFileReader open(Manifest manifest, String name) throws IOException {
        Manifest.FileSum sum = manifest.files().get(name);
        check(sum != null, MANIFEST + " does not name " + name);
        return ModelFileReader.open(path.resolve(name), Objects.requireNonNull(sum));
    }

    private void readTable(Manifest manifest, String rows, String ids, int count, ParameterTable table)
            throws IOException {
        List<String> names;
        try (ModelFileReader file = open(manifest, ids)) {
            names = file.lines();
        }
        check(names.size() == count && new HashSet<>(names).size() == count, ids + " does not hold " + count + " ids");
        try (ModelFileReader file = open(manifest, rows)) {
            for (String id : names) {
                int row = table.findOrAdd(id);
                file.floats(table.chunk(row), table.offset(row), table.dimension());
            }
            check(file.atEnd(), rows + " is longer than " + count + " rows of " + table.dimension());
        }
    }

    private List<String> recent(Manifest manifest) throws IOException {
        try (ModelFileReader file = open(manifest, RECENT_IDS)) {
            return file.lines();
        }
    }

    private Histories readHistories(Manifest manifest) throws IOException {
        try (ModelFileReader file = open(manifest, PAIRS)) {
            int[] offsets = file.ints(manifest.users() + 1);
            check(
                    offsets[manifest.users()] == manifest.pairs(),
                    PAIRS + " does not hold " + manifest.pairs() + " pairs");
            Histories histories = new Histories(offsets, file.ints(manifest.pairs()));
            check(file.atEnd(), PAIRS + " is longer than " + manifest.pairs() + " pairs");
            return histories;
        }
    }

    private void check(boolean whole, String fault) {
        if (!whole) {
            throw new IllegalArgumentException("the model in " + shown + " is damaged: " + fault);
        }
    }
}
