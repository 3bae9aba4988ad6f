package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IndexSpecTest {
    @Test
    void aLabelIsReadBackAsItWas() {
        for (IndexSpec spec : List.of(
                new IndexSpec.Flat(),
                new IndexSpec.IvfPq(16, 8, 4),
                new IndexSpec.Hnsw(8, 64),
                new IndexSpec.ScaNN(32),
                new IndexSpec.DiskAnn())) {
            assertThat(IndexSpec.ofLabel(spec.label())).isEqualTo(spec);
        }
        assertThat(IndexSpec.ofLabel("  hnsw   M=8 ")).isEqualTo(new IndexSpec.Hnsw(8, 200));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.ofLabel("HNSW 8"))
                .withMessageContaining("parameters such as M=16, not 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.ofLabel("FLAT M=8"))
                .withMessageContaining("it has none");
    }

    @Test
    void whatASpecificationSaysIsReadBack() {
        List<IndexSpec> all = List.of(
                new IndexSpec.Flat(),
                new IndexSpec.IvfFlat(1),
                new IndexSpec.IvfSq8(65536),
                new IndexSpec.IvfPq(128, 4, 16),
                new IndexSpec.Hnsw(2, 1),
                new IndexSpec.DiskAnn(),
                new IndexSpec.ScaNN(7),
                new IndexSpec.AutoIndex(),
                new IndexSpec.SparseInverted(0.25),
                new IndexSpec.Inverted(),
                new IndexSpec.Trie(),
                new IndexSpec.Sorted());
        assertThat(all)
                .allSatisfy(spec ->
                        assertThat(IndexSpec.of(spec.type(), spec.parameters())).isEqualTo(spec));
    }

    @Test
    void whatIsLeftOutTakesItsDefault() {
        assertThat(IndexSpec.of("hnsw", Map.of("M", "32"))).isEqualTo(new IndexSpec.Hnsw(32, 200));
        assertThat(IndexSpec.of("BIN_IVF_FLAT", Map.of())).isEqualTo(new IndexSpec.IvfFlat(1024));
    }

    @ParameterizedTest
    @CsvSource({
        "IVF_FLAT, nlist, 0, index parameter nlist is 0: must be 1 to 65536",
        "IVF_SQ8, nlist, 65537, index parameter nlist is 65537: must be 1 to 65536",
        "IVF_PQ, nbits, 17, index parameter nbits is 17: must be 1 to 16",
        "HNSW, M, 1, index parameter M is 1: must be 2 to 2048",
        "HNSW, efConstruction, 0, index parameter efConstruction is 0: must be 1 to 65536",
        "SCANN, nlist, many, index parameter nlist is 'many': must be a number",
        "SPARSE_INVERTED_INDEX, drop_ratio_build, 1, index parameter drop_ratio_build is 1.0: must be 0 or more and below 1",
        "SPARSE_INVERTED_INDEX, drop_ratio_build, NaN, index parameter drop_ratio_build is NaN: must be 0 or more and below 1",
        "FLAT, nlist, 1, index FLAT has no parameter nlist: it has none",
        "'HNSW', nlist, 1, 'index HNSW has no parameter nlist: its own are M, efConstruction'",
        "ANNOY, n_trees, 8, 'index type ANNOY is gone since Milvus 2.3: HNSW replaced it (M 16, efConstruction 200)'"
    })
    void whatIsOutOfRangeIsRefusedInASentence(String type, String parameter, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.of(type, Map.of(parameter, value)))
                .withMessage(message);
    }

    @Test
    void anUnknownTypeIsAnsweredWithThoseThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.of("BTREE", Map.of()))
                .withMessageStartingWith("index type is 'BTREE': must be FLAT, IVF_FLAT,");
    }
}
