package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.ScoreRange;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Searches of one or several query vectors. */
public final class SearchJson {
    private static final int USUAL_K = 10;
    private static final String NPROBE = "nprobe";
    private static final String LIMIT = "limit";
    private static final String PARAMETERS = "parameters";
    private static final String ROUND_DECIMALS = "round_decimals";

    private static final List<String> COMMON =
            List.of("vector", "text", "field", "filter", "exclude", "output", "range", "partitions", PARAMETERS);

    private SearchJson() {}

    /** @throws JsonMismatch naming the place of what is wrong */
    public static SearchRequest read(JsonInput input, EntityJson entities) {
        return read(input, entities, QueryTexts.NONE);
    }

    /**
     * @param texts what a text asks for that stands in a vector's place
     * @throws JsonMismatch naming the place of what is wrong
     */
    public static SearchRequest read(JsonInput input, EntityJson entities, QueryTexts texts) {
        input.object(known("vectors", "k", "offset", "group_by"));
        return request(input, entities, texts);
    }

    /**
     * A search whose hits are wanted in pages.
     *
     * @throws JsonMismatch naming the place of what is wrong
     */
    public static SearchIteration iteration(JsonInput input, EntityJson entities, QueryTexts texts) {
        input.object(known("page", LIMIT));
        if (input.find("vector").isPresent() == input.find("text").isPresent()) {
            throw input.mismatch("must have either vector, a query, or text");
        }
        input.find(PARAMETERS).flatMap(it -> it.find(ROUND_DECIMALS)).ifPresent(it -> {
            throw it.mismatch("is not for a search by pages, each of which begins at the last score of the one before");
        });
        return new SearchIteration(
                request(input, entities, texts),
                input.find("page").map(it -> it.whole(1, SearchRequest.MOST)),
                input.find(LIMIT).map(SearchJson::limit));
    }

    private static long limit(JsonInput input) {
        long limit = input.whole();
        if (limit < 1) {
            throw input.mismatch("is " + limit + ": must be 1 or more");
        }
        return limit;
    }

    private static String[] known(String... further) {
        return Stream.concat(COMMON.stream(), Stream.of(further)).toArray(String[]::new);
    }

    /** The members that are of one kind of request alone are not there in another. */
    private static SearchRequest request(JsonInput input, EntityJson entities, QueryTexts texts) {
        Optional<String> field = input.find("field").map(JsonInput::text);
        VectorField vector = input.make(() -> entities.schema().vector(field));
        List<Vector> queries = queries(input, entities, vector, texts);
        int k = input.find("k").map(it -> it.whole(1, SearchRequest.MOST)).orElse(USUAL_K);
        int offset =
                input.find("offset").map(it -> it.whole(0, SearchRequest.MOST)).orElse(0);
        Optional<Filter> filter = RequestJson.filter(input);
        Set<Id> exclude = input.find("exclude")
                .map(it -> (Set<Id>) new HashSet<>(entities.keys(it, SearchRequest.MOST)))
                .orElse(Set.of());
        Output output = RequestJson.output(input, Output.KEY);
        Optional<String> groupBy = input.find("group_by").map(JsonInput::text);
        Optional<ScoreRange> range = input.find("range").map(SearchJson::range);
        SearchParameters parameters =
                input.find(PARAMETERS).map(SearchJson::parameters).orElse(SearchParameters.NONE);
        return input.make(() -> new SearchRequest(
                queries,
                field,
                k,
                offset,
                filter,
                exclude,
                output,
                groupBy,
                range,
                RequestJson.partitions(input),
                parameters));
    }

    private static List<Vector> queries(JsonInput input, EntityJson entities, VectorField field, QueryTexts texts) {
        Optional<JsonInput> one = input.find("vector");
        Optional<JsonInput> several = input.find("vectors");
        Optional<JsonInput> text = input.find("text");
        if (Stream.of(one, several, text).filter(Optional::isPresent).count() != 1) {
            throw input.mismatch("must have one of vector, one query, vectors, an array of them, and text");
        }
        if (text.isPresent()) {
            return List.of(text.get().make(() -> texts.query(field, text.get().text())));
        }
        return one.map(List::of).orElseGet(() -> several.orElseThrow().elements(SearchRequest.MOST)).stream()
                .map(each -> entities.vector(each, field))
                .toList();
    }

    private static ScoreRange range(JsonInput input) {
        input.object("radius", "range_filter");
        float radius = input.get("radius").single();
        return new ScoreRange(radius, input.find("range_filter").map(JsonInput::single));
    }

    private static SearchParameters parameters(JsonInput input) {
        input.object("ef", "probes", NPROBE, "search_list", "reorder", ROUND_DECIMALS, "recall");
        return input.make(() -> new SearchParameters(
                whole(input, "ef"),
                probes(input),
                whole(input, "search_list"),
                whole(input, "reorder"),
                whole(input, ROUND_DECIMALS),
                input.find("recall").map(JsonInput::single)));
    }

    /** By our name or by Milvus's. */
    private static Optional<Integer> probes(JsonInput input) {
        Optional<Integer> probes = whole(input, "probes");
        Optional<Integer> milvus = whole(input, NPROBE);
        if (probes.isPresent() && milvus.isPresent()) {
            throw input.get(NPROBE).mismatch("is another name of probes: give one of them");
        }
        return probes.or(() -> milvus);
    }

    private static Optional<Integer> whole(JsonInput input, String name) {
        return input.find(name).map(it -> it.whole(0, Integer.MAX_VALUE));
    }

    public static void write(JsonGenerator out, SearchRequest request, EntityJson entities) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("vectors");
        for (Vector query : request.queries()) {
            VectorJson.write(out, query);
        }
        out.writeEndArray();
        writeText(out, "field", request.vectorField());
        out.writeNumberField("k", request.k());
        out.writeNumberField("offset", request.offset());
        RequestJson.write(out, request.filter());
        out.writeFieldName("exclude");
        entities.writeKeys(out, request.exclude());
        RequestJson.write(out, request.output());
        writeText(out, "group_by", request.groupBy());
        if (request.range().isPresent()) {
            write(out, request.range().get());
        }
        RequestJson.write(out, "partitions", request.partitions());
        write(out, request.parameters());
        out.writeEndObject();
    }

    private static void writeText(JsonGenerator out, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            out.writeStringField(name, text.get());
        }
    }

    private static void write(JsonGenerator out, ScoreRange range) throws IOException {
        out.writeObjectFieldStart("range");
        out.writeNumberField("radius", range.radius());
        if (range.rangeFilter().isPresent()) {
            out.writeNumberField("range_filter", range.rangeFilter().get());
        }
        out.writeEndObject();
    }

    /** As a member of an object that is begun. */
    static void write(JsonGenerator out, SearchParameters parameters) throws IOException {
        Map<String, Optional<Integer>> all = Map.of(
                "ef",
                parameters.ef(),
                "probes",
                parameters.probes(),
                "search_list",
                parameters.searchList(),
                "reorder",
                parameters.reorder(),
                ROUND_DECIMALS,
                parameters.roundDecimals());
        out.writeObjectFieldStart(PARAMETERS);
        if (parameters.recall().isPresent()) {
            out.writeNumberField("recall", parameters.recall().get());
        }
        for (Map.Entry<String, Optional<Integer>> each : all.entrySet()) {
            if (each.getValue().isPresent()) {
                out.writeNumberField(each.getKey(), each.getValue().get());
            }
        }
        out.writeEndObject();
    }
}
