package dev.milvuso.server.http;

import dev.milvuso.server.collections.FileImports;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.transfer.ExportFormat;
import dev.milvuso.vector.transfer.file.VectorFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the address of an import says of its body.
 *
 * @param format of an export
 * @param vectors of a file of vectors, which is no export
 * @param aliases whether the collection gets those that the export names
 */
record ImportParameters(ExportFormat format, Optional<FileImports.Vectors> vectors, boolean aliases) {
    static final String FORMAT = "format";
    private static final String METRIC = "metric";
    private static final String FIELD = "field";
    private static final String ALIASES = "aliases";

    static final String[] ALL = {CollectionRoutes.DATABASE, CollectionRoutes.TENANT, FORMAT, METRIC, FIELD, ALIASES};

    /** @throws Problem that names the parameter which is wrong or of another format */
    static ImportParameters of(Parameters parameters) {
        Optional<VectorFormat> vectors = parameters.value(FORMAT).flatMap(VectorFormat::named);
        if (vectors.isEmpty()) {
            refuse(parameters, List.of(METRIC, FIELD), "is of files of vectors: an export has its own");
            return new ImportParameters(
                    exportFormat(parameters, importFormats()), Optional.empty(), parameters.flag(ALIASES, false));
        }
        refuse(parameters, List.of(ALIASES), "is of exports: a file of vectors has none");
        return new ImportParameters(
                ExportFormat.JSONL,
                Optional.of(new FileImports.Vectors(
                        vectors.get(),
                        parameters.value(METRIC).map(ImportParameters::metric),
                        parameters.value(FIELD).orElse(CollectionSchema.VECTOR))),
                false);
    }

    private static void refuse(Parameters parameters, List<String> names, String why) {
        names.stream()
                .filter(name -> parameters.value(name).isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw Problem.of(400, name, why);
                });
    }

    private static Metric metric(String label) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Problem.of(400, METRIC, "must be inner_product, cosine, euclidean or manhattan"));
    }

    /** @throws Problem if it is no export's */
    static ExportFormat exportFormat(Parameters parameters) {
        return exportFormat(parameters, "jsonl or parquet");
    }

    private static ExportFormat exportFormat(Parameters parameters, String known) {
        String label = parameters.value(FORMAT).orElse(ExportFormat.JSONL.label());
        return Arrays.stream(ExportFormat.values())
                .filter(format -> format.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Problem.of(400, FORMAT, "must be " + known));
    }

    private static String importFormats() {
        return "jsonl, parquet or, of a file of vectors, "
                + Arrays.stream(VectorFormat.values()).map(VectorFormat::label).collect(Collectors.joining(", "));
    }
}
