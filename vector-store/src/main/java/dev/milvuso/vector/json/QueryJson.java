package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import java.io.IOException;
import java.util.Optional;

/** Queries. A page may also begin behind a key, which reaches further than an offset can. */
public final class QueryJson {
    private QueryJson() {}

    /**
     * @param usual limit of a request that names none
     * @throws JsonMismatch naming the place of what is wrong
     */
    public static QueryRequest read(JsonInput input, EntityJson entities, int usual) {
        input.object("filter", "output", "partitions", "offset", "limit", "after");
        Optional<Filter> filter = RequestJson.filter(input);
        Optional<Id> after = input.find("after").map(entities::key);
        Optional<Filter> all = after.isEmpty()
                ? filter
                : Optional.of(filter.map(asked -> Filter.and(asked, behind(entities.schema(), after.get())))
                        .orElseGet(() -> behind(entities.schema(), after.get())));
        int offset =
                input.find("offset").map(it -> it.whole(0, SearchRequest.MOST)).orElse(0);
        int limit =
                input.find("limit").map(it -> it.whole(1, SearchRequest.MOST)).orElse(usual);
        Output output = RequestJson.output(input, Output.ALL);
        return input.make(() -> new QueryRequest(all, output, RequestJson.partitions(input), offset, limit));
    }

    private static Filter behind(CollectionSchema schema, Id after) {
        return Path.of(schema.key().name()).above(after.plain());
    }

    /** @param after where the page begins */
    public static void write(JsonGenerator out, QueryRequest request, EntityJson entities, Optional<Id> after)
            throws IOException {
        out.writeStartObject();
        RequestJson.write(out, request.filter());
        RequestJson.write(out, request.output());
        RequestJson.write(out, "partitions", request.partitions());
        out.writeNumberField("offset", request.offset());
        out.writeNumberField("limit", request.limit());
        if (after.isPresent()) {
            out.writeFieldName("after");
            entities.writeKey(out, after.get());
        }
        out.writeEndObject();
    }
}
