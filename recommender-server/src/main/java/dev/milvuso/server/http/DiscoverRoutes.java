package dev.milvuso.server.http;

import dev.milvuso.action.ItemId;
import dev.milvuso.config.RecommendationConfig;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.discover.SimilarItems;
import dev.milvuso.server.discover.TextIndex;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.rules.ItemFilters;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists that ask nobody's taste: popular, trending, latest, like an item, by a text. Rules that block hold here too.
 */
record DiscoverRoutes(
        Recommender recommender,
        Catalogue catalogue,
        ItemFilters filters,
        List<CandidateSource> sources,
        SimilarItems similar,
        TextIndex texts,
        RecommendationConfig config,
        ListAnswer answer) {
    private static final String[] OF_A_LIST = {Parameters.COUNT, "category", "tags", "filter", "exclude"};
    private static final String[] OF_A_SEARCH = {"num", "category", "tags", "filter", "exclude"};
    private static final int LONGEST_TEXT = 1024;

    List<Route> all() {
        List<Route> all = new ArrayList<>();
        sources.forEach(source -> all.add(new Route(HandlerType.GET, "/" + source.name(), list(source))));
        all.add(new Route(HandlerType.GET, "/items/{item_id}/similar", this::similar));
        all.add(new Route(HandlerType.GET, "/search", this::search));
        return all;
    }

    private Handler list(CandidateSource source) {
        return context -> {
            Query query = Parameters.of(context, OF_A_LIST)
                    .query(Parameters.COUNT, config.topK(), config.maxItems(), filters);
            context.contentType("application/json").result(answer.of(recommender.impersonal(source, query)));
        };
    }

    private void similar(Context context) {
        ItemId id = Parameters.path(context, "item_id", ItemId::new);
        Query query = Parameters.of(context, OF_A_SEARCH).query("num", 10, config.maxItems(), filters);
        if (catalogue.find(id).isEmpty()) {
            throw ItemById.unknown(id);
        }
        Likeness likeness = new Likeness(similar, catalogue.slots().find(id));
        List<Recommended> items = recommender.impersonal(likeness, query);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("item_id", id.value());
        body.put("source", likeness.name());
        body.put("items", entries(items));
        Answers.json(context, 200, body);
    }

    private void search(Context context) {
        Parameters parameters = Parameters.of(context, "q", "num", "category", "tags", "filter", "exclude");
        String text = parameters.value("q").orElse("");
        if (text.isBlank() || !Parameters.isShort(text, LONGEST_TEXT)) {
            throw Problem.of(400, "q", "must be a text of 1 to " + LONGEST_TEXT + " characters, none of them NUL");
        }
        Query query = parameters.query("num", 10, config.maxItems(), filters);
        List<Recommended> items = recommender.impersonal(new Words(texts, text), query);
        Answers.json(context, 200, Map.of("items", entries(items)));
    }

    private static List<Map<String, Object>> entries(List<Recommended> items) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Recommended each : items) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("item_id", each.item().value());
            entry.put("rank", entries.size() + 1);
            entry.put("score", each.score());
            entry.put("source", each.source());
            entries.add(entry);
        }
        return entries;
    }
}
