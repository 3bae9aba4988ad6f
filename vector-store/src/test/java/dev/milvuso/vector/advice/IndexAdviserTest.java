package dev.milvuso.vector.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.SearchParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IndexAdviserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMBEDDED |    10000 |  64 |   100 | 0.95 | Flat[]                     | NONE        | 1 | a scan is as quick",
                "EMBEDDED |  1000000 |  64 |  1000 | 0.98 | AutoIndex[]                | recall 0.98 | 1 | inverted lists of 4-bit codes",
                "EMBEDDED |  1000000 |  64 |  1000 | 1    | Flat[]                     | NONE        | 1 | scoring every row alone",
                "MILVUS   |        0 |  64 |     1 | 0.95 | Flat[]                     | NONE        | 1 | a scan is as quick",
                "MILVUS   |   100000 |  64 |   100 | 0.95 | Hnsw[degree=16, efConstruction=200] | ef 64  | 3 | fit into memory",
                "MILVUS   |   100000 |  64 |   100 | 0.99 | Hnsw[degree=32, efConstruction=200] | ef 256 | 3 | more neighbours",
                "MILVUS   |  1000000 | 128 |   520 | 0.95 | IvfFlat[lists=4000]        | probes 120  | 3 | Lists of the vectors themselves",
                "MILVUS   |  1000000 | 128 |   200 | 0.95 | IvfSq8[lists=4000]         | probes 120  | 3 | a byte a number",
                "MILVUS   |  1000000 | 128 |    50 | 0.9  | IvfPq[lists=4000, parts=32, bits=8] | probes 60 | 3 | 32 bytes a vector",
                "MILVUS   |  1000000 | 128 |    50 | 0.95 | DiskAnn[]                  | list 100    | 2 | goes to disk"
            })
    void whatItAdvisesAndWhy(
            Workload.Store store,
            long rows,
            int dimension,
            long mebibytes,
            double recall,
            String spec,
            String parameters,
            int reasons,
            String reason) {
        IndexAdvice advice = IndexAdviser.advise(new Workload(rows, dimension, mebibytes << 20, recall, store));
        assertThat(advice.spec().toString()).isEqualTo(spec);
        assertThat(shown(advice.parameters())).isEqualTo(parameters);
        assertThat(advice.bytes()).isLessThanOrEqualTo(mebibytes << 20);
        assertThat(advice.reasons())
                .hasSize(reasons)
                .anyMatch(why -> why.contains(reason))
                .allMatch(why -> why.endsWith("."));
    }

    private static String shown(SearchParameters parameters) {
        if (parameters.equals(SearchParameters.NONE)) {
            return "NONE";
        }
        return parameters
                .ef()
                .map(ef -> "ef " + ef)
                .or(() -> parameters.probes().map(probes -> "probes " + probes))
                .or(() -> parameters.searchList().map(list -> "list " + list))
                .or(() -> parameters.recall().map(recall -> "recall " + recall))
                .orElseThrow();
    }

    @Test
    void whatDoesNotFitAtAllIsSaidWithItsSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        IndexAdviser.advise(new Workload(1_000_000, 64, 100 << 20, 0.95, Workload.Store.EMBEDDED)))
                .withMessage("memory is 100 MiB: AUTOINDEX of 1000000 rows of 64 numbers takes 465 MiB");
    }

    @Test
    void aWorkloadOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Workload(1, 64, 1, 0, Workload.Store.MILVUS))
                .withMessage("recall is 0.0: must be above 0 and at most 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Workload(1, 1, 1, 0.5, Workload.Store.MILVUS))
                .withMessage("dimension is 1: must be 2 to 32768");
    }
}
