package dev.milvuso.server;

import dev.milvuso.action.UserId;
import dev.milvuso.config.RankingConfig;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.discover.AlikeInContent;
import dev.milvuso.server.discover.TextIndex;
import dev.milvuso.server.ranking.CategoryTaste;
import dev.milvuso.server.ranking.Favourite;
import dev.milvuso.server.ranking.LikeRecent;
import dev.milvuso.server.ranking.LikedByNeighbours;
import dev.milvuso.server.ranking.LikedByNeighbours.Neighbours;
import dev.milvuso.server.ranking.Proposals;
import dev.milvuso.server.ranking.RandomItems;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.Pipeline;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.sync.ServedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The sources that have places of their own in a list.
 *
 * @param liked slots of what a user liked last
 * @param profile what is on record of a visitor's interests
 * @param factors how many numbers at a vector's beginning are taste
 */
record OtherSources(
        ServedModel model,
        ItemSlots slots,
        Popular popular,
        CandidateSource trending,
        CandidateSource latest,
        TextIndex texts,
        Neighbours neighbours,
        Function<UserId, int[]> liked,
        Function<Visit, CategoryTaste> profile,
        int factors) {
    /**
     * Those with a quota, behind the usual ones.
     *
     * @param least holds for those that go by who asks
     */
    List<Pipeline.Share> behind(List<Pipeline.Share> usual, RankingConfig config, LeastCosine least) {
        List<Pipeline.Share> all = new ArrayList<>(usual);
        add(all, new LikeRecent(model, factors, least), config.similarQuota());
        add(all, new LikedByNeighbours(neighbours, liked, least), config.neighboursQuota());
        add(all, new AlikeInContent(texts, least), config.contentQuota());
        add(all, new Favourite(popular, profile, least), config.favouriteQuota());
        add(all, popular, config.popularQuota());
        add(all, trending, config.trendingQuota());
        add(all, latest, config.latestQuota());
        add(all, new RandomItems(config.randomQuota(), slots, ThreadLocalRandom::current), config.randomQuota());
        return all;
    }

    private void add(List<Pipeline.Share> all, CandidateSource source, double quota) {
        if (quota > 0) {
            all.add(new Pipeline.Share(new Proposals(source, model), quota));
        }
    }

    /** Their quotas by place; 0 for the usual ones, which compete by score. */
    static double[] quotas(List<Pipeline.Share> all, int usual) {
        double[] quotas = new double[all.size()];
        Arrays.setAll(quotas, i -> i < usual ? 0 : all.get(i).share());
        return quotas;
    }
}
