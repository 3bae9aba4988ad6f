package dev.milvuso.vector.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NormalRequestTest {
    private static SearchRequest.Builder request() {
        return SearchRequest.of(Vector.of(1, 2));
    }

    private static String filtered(Filter filter) {
        return NormalRequest.digest(request().filter(filter).build());
    }

    @Test
    void theOrderOfWhatHasNoneDoesNotCount() {
        Filter a = Path.of("a").is(1);
        Filter b = Path.of("b").isIn(List.of("x", "y"));
        Filter turned = Path.of("b").isIn(List.of("y", "x", "y"));
        assertThat(filtered(Filter.and(a, b)))
                .isEqualTo(filtered(Filter.and(turned, a)))
                .isEqualTo(filtered(Filter.and(a, b, a)))
                .isNotEqualTo(filtered(Filter.or(a, b)));
        assertThat(filtered(Filter.and(a, a))).isEqualTo(filtered(a));
        assertThat(NormalRequest.digest(request()
                        .exclude(List.of(Id.of(1), Id.of(2)))
                        .output(Output.of("p", "q", "r"))
                        .build()))
                .isEqualTo(NormalRequest.digest(request()
                        .exclude(List.of(Id.of(2), Id.of(1)))
                        .output(Output.of("r", "q", "p"))
                        .build()));
    }

    @Test
    void whatIsOtherwiseHasAnotherDigest() {
        List<SearchRequest> requests = List.of(
                request().build(),
                request().k(11).build(),
                request().offset(1).build(),
                SearchRequest.of(Vector.of(2, 1)).build(),
                SearchRequest.of(Vector.of(1, 2), Vector.of(1, 2)).build(),
                SearchRequest.of(new Vector.Binary(new byte[] {1, 2})).build(),
                SearchRequest.of(new Vector.Sparse(new int[] {1, 2}, new float[] {1, 2}))
                        .build(),
                request().in("v").build(),
                request().groupBy("v").build(),
                request().partition("v").build(),
                request().range(1).build(),
                request().range(1, 0).build(),
                request().output(Output.ALL).build(),
                request().output(Output.of("v")).build(),
                request().exclude(List.of(Id.of(1))).build(),
                request().exclude(List.of(Id.of("1"))).build(),
                request().parameters(SearchParameters.NONE.withEf(20)).build(),
                request().parameters(SearchParameters.NONE.withProbes(20)).build(),
                request().filter(Path.of("a").is(1)).build(),
                request().filter(Path.of("a").is(1.0)).build(),
                request().filter(Path.of("a").is("1")).build(),
                request().filter(Path.of("a").is(true)).build(),
                request().filter(Path.of("a").isNot(1)).build(),
                request().filter(Path.of("a").key("b").is(1)).build(),
                request().filter(Path.of("a.b").is(1)).build(),
                request().filter(Filter.not(Path.of("a").is(1))).build(),
                request().filter(Path.of("a").isIn(List.of("x,\"y"))).build(),
                request().filter(Path.of("a").isIn(List.of("x", "y"))).build(),
                request().filter(Path.of("a").isIn(List.of("x\",\"y"))).build(),
                request().filter(Path.of("a").between(1, 2)).build(),
                request().filter(Path.of("a").like("1%")).build(),
                request().filter(Path.of("a").containsAny(1)).build(),
                request().filter(Path.of("a").containsAll(1)).build(),
                request().filter(Path.of("a").hasLength(1)).build(),
                request().filter(Path.of("a").exists()).build(),
                request().filter(Path.of("a").isNull()).build());
        Set<String> digests = new HashSet<>();
        for (SearchRequest request : requests) {
            assertThat(digests.add(NormalRequest.digest(request)))
                    .as(request.toString())
                    .isTrue();
        }
    }
}
