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
 * @param skip rows at the beginning of lines, which an earlier import of the same has stored
 */
record ImportParameters(ExportFormat format, Optional<FileImports.Vectors> vectors, boolean aliases, long skip) {
    static final String FORMAT = "format";
    private static final String METRIC = "metric";
    private static final String FIELD = "field";
    private static final String ALIASES = "aliases";
    private static final String SKIP = "skip";
    private static final String IS_OF_LINES = "is of lines: a file is sent whole, and rows are put by key";

    static final String[] ALL = {
        CollectionRoutes.DATABASE, CollectionRoutes.TENANT, FORMAT, METRIC, FIELD, ALIASES, SKIP
    };

    /** @throws Problem that names the parameter which is wrong or of another format */
    static ImportParameters of(Parameters parameters) {
        Optional<VectorFormat> vectors = parameters.value(FORMAT).flatMap(VectorFormat::named);
        if (vectors.isEmpty()) {
            refuse(parameters, List.of(METRIC, FIELD), "is of files of vectors: an export has its own");
            ExportFormat format = exportFormat(parameters, importFormats());
            if (format != ExportFormat.JSONL) {
                refuse(parameters, List.of(SKIP), IS_OF_LINES);
            }
            return new ImportParameters(format, Optional.empty(), parameters.flag(ALIASES, false), skip(parameters));
        }
        refuse(parameters, List.of(ALIASES), "is of exports: a file of vectors has none");
        refuse(parameters, List.of(SKIP), IS_OF_LINES);
        return new ImportParameters(
                ExportFormat.JSONL,
                Optional.of(new FileImports.Vectors(
                        vectors.get(),
                        parameters.value(METRIC).map(ImportParameters::metric),
                        parameters.value(FIELD).orElse(CollectionSchema.VECTOR))),
                false,
                0);
    }

    private static long skip(Parameters parameters) {
        String text = parameters.value(SKIP).orElse("0");
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.of(400, SKIP, "must be a number of rows, 0 or more");
        }
        return Long.parseLong(text);
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
