package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.Cut;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A model on disk: {@code model.json}, the rows of users and items (32-bit floats, little-endian), their ids one a line
 * in the order of the rows, the pairs it was trained on (32-bit numbers: where each user's items end, then the items),
 * and ids of the last examples, one a line, if it was trained from an archive. It is written beside its place and moved
 * there whole, so that a crash leaves the old model or the new one.
 */
public record ModelDirectory(Path path) {
    private static final String MANIFEST = "model.json";
    private static final String USERS = "users.f32";
    private static final String ITEMS = "items.f32";
    private static final String USER_IDS = "users.ids";
    private static final String ITEM_IDS = "items.ids";
    private static final String PAIRS = "pairs.i32";
    private static final String RECENT_IDS = "recent.ids";

    /**
     * To be asked before the work that makes a model.
     *
     * @throws IllegalArgumentException if no model can be written there, or something else lies there, which will not
     *     be overwritten
     */
    public void checkReplaceable() {
        checkFolder();
        if (!Files.exists(path) || Files.isRegularFile(path.resolve(MANIFEST))) {
            return;
        }
        try (Stream<Path> content = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            if (content.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        path + " exists and is not a model directory: name a new, an empty or a model directory");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    /** The folders that are missing can be made, if the nearest one that is there takes files. */
    private void checkFolder() {
        Path folder = path.toAbsolutePath().normalize().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalArgumentException(path + " is a file system's root: must be a folder below it");
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(path + " cannot be written: " + folder + " is a file, must be a folder");
        }
        if (!Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    path + " cannot be written: " + folder + " takes no files from this user");
        }
    }

    /** @throws UncheckedIOException if the disk refuses; what was there before stays */
    public void write(TrainedModel model) {
        write(model, Cut.NONE);
    }

    /**
     * @param cut how far on the log the model was trained
     * @throws UncheckedIOException if the disk refuses; what was there before stays
     */
    public void write(TrainedModel model, Cut cut) {
        checkReplaceable();
        Path place = path.toAbsolutePath().normalize();
        Path parent = place.resolveSibling(".");
        try {
            Files.createDirectories(parent);
            Path fresh = Files.createDirectory(parent.resolve("." + place.getFileName() + ".new-" + UUID.randomUUID()));
            try {
                writeFiles(fresh, model, cut);
                putInPlace(fresh, place);
                sync(parent);
            } finally {
                delete(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be written to " + path + ": " + reason(e), e);
        }
    }

    /** The JDK names the path alone where its class says what is wrong. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException fault && fault.getReason() == null
                ? fault.getClass().getSimpleName() + " " + fault.getFile()
                : String.valueOf(e.getMessage());
    }

    private interface Content {
        void write(ModelFileWriter file) throws IOException;
    }

    private static void writeFiles(Path directory, TrainedModel model, Cut cut) throws IOException {
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
        sync(directory);
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

    // A directory that is not empty cannot be replaced in one step: the old model steps aside first.
    private static void putInPlace(Path fresh, Path place) throws IOException {
        Path old = fresh.resolveSibling(fresh.getFileName() + ".old");
        boolean replacing = Files.exists(place);
        if (replacing) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replacing) {
                Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        delete(old);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> content = Files.walk(directory)) {
            for (Path file : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** @throws IllegalArgumentException in one sentence, if it is no model, damaged, or of another format */
    public TrainedModel read() {
        if (!Files.isRegularFile(path.resolve(MANIFEST))) {
            throw new IllegalArgumentException(path + " is not a model directory: it has no " + MANIFEST);
        }
        try {
            Manifest manifest = manifest();
            FactorModel factors =
                    FactorModel.empty(manifest.dimension(), new Sgd(), 0).scored(scoring(manifest));
            readTable(manifest, USERS, USER_IDS, manifest.users(), factors.users());
            readTable(manifest, ITEMS, ITEM_IDS, manifest.items(), factors.items());
            return new TrainedModel(factors, readHistories(manifest));
        } catch (IOException e) {
            throw new IllegalArgumentException("the model in " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * How far on the log the model was trained.
     *
     * @throws IllegalArgumentException in one sentence, if it is no model, damaged, or of another format
     */
    public Cut cut() {
        try {
            Manifest manifest = manifest();
            return new Cut(manifest.cut(), manifest.files().containsKey(RECENT_IDS) ? recent(manifest) : List.of());
        } catch (IOException e) {
            throw new IllegalArgumentException("the model in " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Manifest manifest() throws IOException {
        try {
            return Manifest.parse(Files.readString(path.resolve(MANIFEST)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path.resolve(MANIFEST) + ": " + e.getMessage(), e);
        }
    }

    private Scoring scoring(Manifest manifest) {
        try {
            return manifest.scoring();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path.resolve(MANIFEST) + ": " + e.getMessage(), e);
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
            throw new IllegalArgumentException("the model in " + path + " is damaged: " + fault);
        }
    }
}
