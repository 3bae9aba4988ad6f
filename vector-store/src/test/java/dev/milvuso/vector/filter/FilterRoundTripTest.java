package dev.milvuso.vector.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FilterRoundTripTest {
    static List<String> hostileTexts() {
        return RandomFilters.HOSTILE;
    }

    @Test
    void whatIsWrittenIsReadBackAsItWas() {
        RandomFilters random = new RandomFilters(17, RandomFilters.HOSTILE);
        for (int i = 0; i < 20_000; i++) {
            Filter filter = random.filter(4);
            String text = FilterText.of(filter);
            assertThat(FilterParser.parse(text)).as(text).isEqualTo(filter);
        }
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void aHostileTextIsATextWhereverItStands(String text) {
        String named = text.isEmpty() ? "x" : text;
        for (Filter filter : List.of(
                Path.of("a").is(text),
                Path.of("a").isIn(List.of(text, text + text)),
                Path.of("a").between(text, text),
                Path.of("a").like(text),
                Path.of("a").startsWith(text),
                Path.of("a").containsAll(text),
                Path.of("a").containsAny(text),
                Path.of(named).isNull(),
                Path.of("a").key(named).key(named).at(0).exists())) {
            assertThat(FilterParser.parse(FilterText.of(filter))).isEqualTo(filter);
            Filter beside = Filter.and(filter, Path.of("tenant").is(text));
            assertThat(FilterParser.parse(FilterText.of(beside))).isEqualTo(beside);
        }
    }
}
