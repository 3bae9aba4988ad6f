package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Ranking;
import dev.milvuso.vector.SearchRequest;
import java.io.IOException;
import java.util.List;

/** Several searches and how their lists become one. */
public final class HybridJson {
    private static final int MOST_SEARCHES = 1024;
    private static final int USUAL_K = 10;

    private HybridJson() {}

    /** @throws JsonMismatch naming the place of what is wrong */
    public static HybridSearchRequest read(JsonInput input, EntityJson entities) {
        return read(input, entities, QueryTexts.NONE);
    }

    /**
     * @param texts what a text asks for that stands in a vector's place
     * @throws JsonMismatch naming the place of what is wrong
     */
    public static HybridSearchRequest read(JsonInput input, EntityJson entities, QueryTexts texts) {
        input.object("searches", "ranking", "k", "offset", "output");
        List<SearchRequest> searches = input.get("searches").elements(MOST_SEARCHES).stream()
                .map(search -> SearchJson.read(search, entities, texts))
                .toList();
        Ranking ranking = input.find("ranking").map(HybridJson::ranking).orElse(Ranking.RECIPROCAL_RANK);
        int k = input.find("k").map(it -> it.whole(1, SearchRequest.MOST)).orElse(USUAL_K);
        int offset =
                input.find("offset").map(it -> it.whole(0, SearchRequest.MOST)).orElse(0);
        Output output = RequestJson.output(input, Output.KEY);
        return input.make(() -> new HybridSearchRequest(searches, ranking, k, offset, output));
    }

    private static Ranking ranking(JsonInput input) {
        String type = input.get("type").text();
        if (type.equals("reciprocal_rank") || type.equals("rrf")) {
            input.object("type", "constant");
            return input.find("constant")
                    .map(constant -> constant.make(() -> (Ranking) new Ranking.ReciprocalRank(constant.single())))
                    .orElse(Ranking.RECIPROCAL_RANK);
        }
        if (!type.equals("weighted")) {
            throw input.get("type").wrong("reciprocal_rank or weighted");
        }
        JsonInput weights = input.object("type", "weights").get("weights");
        return weights.make(() -> new Ranking.Weighted(
                weights.elements(MOST_SEARCHES).stream().map(JsonInput::single).toList()));
    }

    public static void write(JsonGenerator out, HybridSearchRequest request, EntityJson entities) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("searches");
        for (SearchRequest search : request.searches()) {
            SearchJson.write(out, search, entities);
        }
        out.writeEndArray();
        write(out, request.ranking());
        out.writeNumberField("k", request.k());
        out.writeNumberField("offset", request.offset());
        RequestJson.write(out, request.output());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Ranking ranking) throws IOException {
        out.writeObjectFieldStart("ranking");
        if (ranking instanceof Ranking.ReciprocalRank ranks) {
            out.writeStringField("type", "reciprocal_rank");
            out.writeNumberField("constant", ranks.constant());
        } else {
            out.writeStringField("type", "weighted");
            out.writeArrayFieldStart("weights");
            for (float weight : ((Ranking.Weighted) ranking).weights()) {
                out.writeNumber(weight);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }
}
