package dev.milvuso.standalone.command;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.JsonMismatch;
import dev.milvuso.vector.tenant.Tenancy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Something done with a vector store. */
abstract class VectorsAction implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private VectorStoreOptions target = new VectorStoreOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    abstract void run(VectorStore store) throws Exception;

    @Override
    public Integer call() throws Exception {
        target.with(options, this::run);
        return 0;
    }

    ConfigOptions options() {
        return options;
    }

    /** How tenants are kept apart. */
    Tenancy tenancy() {
        return target.tenancy();
    }

    boolean json() {
        return options.json();
    }

    /** Whether the option stands on the command line. */
    boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** Whether nobody reads any more what is printed. */
    boolean isDeaf() {
        return spec.commandLine().getOut().checkError();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    /** One JSON document, or lines for people. */
    void print(JsonBytes.Content document, List<String> lines) {
        if (json()) {
            print(new String(JsonBytes.of(document), StandardCharsets.UTF_8));
        } else {
            lines.forEach(this::print);
        }
    }

    /** A result of one word, for people in a sentence. */
    void done(String what, String name, String sentence) {
        print(Result.json(Result.of(what, name)), sentence);
    }

    private void print(String document, String sentence) {
        print(json() ? document : sentence);
    }

    void names(String member, List<String> names) {
        if (json()) {
            print(Result.json(Result.of(member, names)));
        } else {
            names.forEach(this::print);
        }
    }

    static CollectionSchema schema(VectorStore store, String collection) {
        return store.describe(collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection + ": there is "
                        + (store.list().isEmpty() ? "none" : String.join(", ", store.list()))));
    }

    /** A file, or an option's value. @throws JsonMismatch with the source's name before the place */
    static JsonInput parse(String source, String text) {
        try {
            return JsonBytes.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonMismatch e) {
            throw new IllegalArgumentException(source + " " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException with the file's name before the place of what is wrong */
    static <T> T read(Path file, Function<JsonInput, T> reader) throws IOException {
        Input.readable(file);
        JsonInput document = parse(file + ":", Files.readString(file));
        try {
            return reader.apply(document);
        } catch (JsonMismatch e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
