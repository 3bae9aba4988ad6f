package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.rules.ItemFilters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
    private static final String[] ALLOWED = {
        "num_recommendations",
        "category",
        "tags",
        "filter",
        "exclude",
        "exclude_seen",
        "context_item",
        "diversity",
        "explain"
    };

    private static Query query(@Nullable String text) {
        return Parameters.of(text, ALLOWED).query(Parameters.COUNT, 10, 100, new ItemFilters());
    }

    @Test
    void whatIsLeftOutIsAsUsual() {
        Query usual = Query.of(10);
        assertThat(query(null)).isEqualTo(usual);
        assertThat(query("")).isEqualTo(usual);
        assertThat(query("&&category=&tags=,%20,")).isEqualTo(usual);
    }

    @Test
    void everythingMayBeAskedFor() {
        assertThat(query("num_recommendations=100&category=a%26b+c&tags=x,%C3%A4&exclude_seen=false"))
                .isEqualTo(Query.of(100).categories("a&b c").tags("x", "\u00e4").excludeSeen(false));
        assertThat(query("explain=true").explain()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "num_recommendations=0, num_recommendations",
        "num_recommendations=101, num_recommendations",
        "num_recommendations=%2B5, num_recommendations",
        "num_recommendations, num_recommendations",
        "exclude_seen=TRUE, exclude_seen",
        "tags=a&tags=a, tags",
        "exclude=a%20b, exclude",
        "filter=year, filter",
        "filter=category+%3D%3D+5, filter",
        "context_item=%20, context_item",
        "diversity=1.5, diversity",
        "category=%00, category",
        "limit=5, limit",
        "%6Cimit=5, limit",
    })
    void whatIsWrongIsNamed(String text, String parameter) {
        assertThatThrownBy(() -> query(text))
                .asInstanceOf(type(Problem.class))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400))
                .satisfies(problem -> assertThat(problem.faults())
                        .extracting(Problem.Fault::field)
                        .containsExactly(parameter));
    }

    @ParameterizedTest
    @CsvSource({"category=%", "category=%4", "category=%g0", "category=%-1", "category=%C3", "%ff=1"})
    void aBrokenEncodingIsRefused(String text) {
        assertThatThrownBy(() -> query(text))
                .asInstanceOf(type(Problem.class))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }
}
