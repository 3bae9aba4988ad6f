package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.filter.FilterText;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiteFilterTextTest {
    private static String lite(Filter filter) {
        return LiteFilterText.of(FilterText.of(filter));
    }

    @Test
    void charactersStandForThemselvesAndQuotesStayEscaped() {
        assertThat(lite(Path.of("a").is("日😀\n\"\\u0041'"))).isEqualTo("a == \"日😀\\n\\\"\\\\u0041'\"");
    }

    @Test
    void theLeastNumberIsALiteralButOnlyOutsideOfTexts() {
        assertThat(lite(Path.of("a").isIn(List.of(Long.MIN_VALUE, "(-9223372036854775807 - 1)"))))
                .isEqualTo("a in [-9223372036854775808, \"(-9223372036854775807 - 1)\"]");
    }
}
