package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.advice.IndexAdvice;
import dev.milvuso.vector.advice.IndexAdviser;
import dev.milvuso.vector.advice.Workload;
import dev.milvuso.vector.json.AdviceJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which index to choose. */
@Command(
        name = "advise",
        description = {
            "Proposes an index.",
            "Of a collection's vectors as they are, or of --rows vectors of --dimension numbers.",
            "Rules of thumb, and the reasons; a measurement with one's own vectors knows better."
        })
final class AdviseCommand extends VectorsAction {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "COLLECTION",
            description = "whose rows and dimension count where --rows and --dimension are not given")
    private @Nullable String collection;

    @Option(names = "--field", paramLabel = "NAME", description = "which vector; may be left out where there is one")
    private @Nullable String field;

    @Option(names = "--rows", paramLabel = "N", description = "how many there are or will be")
    private @Nullable Long rows;

    @Option(names = "--dimension", paramLabel = "N", description = "numbers in a vector")
    private @Nullable Integer dimension;

    @Option(
            names = "--memory",
            required = true,
            paramLabel = "MIB",
            description = "what vectors and index may take together, in MiB")
    private long memory;

    @Option(
            names = "--recall",
            defaultValue = "0.95",
            paramLabel = "SHARE",
            description = "of the true nearest that searches should find; default: ${DEFAULT-VALUE}")
    private double recall;

    @Override
    void run(VectorStore store) {
        Optional<CollectionSchema> schema = Optional.ofNullable(collection).map(name -> schema(store, name));
        Workload workload = new Workload(
                rows != null ? rows : schema.map(it -> store.count(it.name())).orElseThrow(() -> missing("--rows")),
                dimension != null ? dimension : schema.map(this::dimension).orElseThrow(() -> missing("--dimension")),
                memory << 20,
                recall,
                Workload.Store.of(store.backendInfo()));
        IndexAdvice advice = IndexAdviser.advise(workload);
        print(out -> AdviceJson.write(out, advice), lines(advice));
    }

    private static ConfigException missing(String option) {
        return new ConfigException(option + " is missing: give it, or name a collection");
    }

    private int dimension(CollectionSchema schema) {
        VectorField vector = schema.vector(Optional.ofNullable(field));
        if (vector.type() instanceof VectorField.Type.Dense dense) {
            return dense.dimension();
        }
        throw new IllegalArgumentException("vector " + vector.name() + " of collection " + schema.name()
                + " is not dense: the adviser knows dense vectors alone");
    }

    private static List<String> lines(IndexAdvice advice) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "%s, about %,d MiB", advice.spec().label(), (advice.bytes() + (1 << 20) - 1) >> 20));
        advice.reasons().forEach(reason -> lines.add("- " + reason));
        return lines;
    }
}
