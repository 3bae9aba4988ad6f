package dev.milvuso.server.http;

import dev.milvuso.action.ItemId;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.users.Preferences;
import java.util.List;

/** Stand-ins by popularity, of what every list may show. */
record PopularStandIns(Recommender recommender, CandidateSource popular) implements Preferences.StandIns {
    @Override
    public List<ItemId> ofCategory(String category, int most) {
        return found(Query.of(most).categories(category));
    }

    @Override
    public List<ItemId> ofTag(String tag, int most) {
        return found(Query.of(most).tags(tag));
    }

    private List<ItemId> found(Query query) {
        return recommender.impersonal(popular, query).stream()
                .map(Recommended::item)
                .toList();
    }
}
