package dev.milvuso.server.ranking;

import dev.milvuso.action.UserId;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.SlotSums;
import dev.milvuso.server.recommend.Visit;
import java.util.List;
import java.util.function.Function;

/**
 * What users of a like taste liked last: each of them counts for an item as much as they are like the visitor (Sarwar
 * et al., "Item-based collaborative filtering recommendation algorithms", WWW 2001, section 2.1).
 */
public final class LikedByNeighbours implements CandidateSource {
    public static final String NAME = "neighbours";

    /** Of each user. */
    private static final int LATEST = 16;

    /** @param likeness above 0 and up to 1 */
    public record Neighbour(UserId user, double likeness) {}

    /** Who is like a visitor; as long as there is time. */
    @FunctionalInterface
    public interface Neighbours {
        /** None if it is not known. */
        List<Neighbour> of(Visit visit);
    }

    private final Neighbours neighbours;
    private final Function<UserId, int[]> liked;
    private final LeastCosine least;
    private final ThreadLocal<SlotSums> sums = ThreadLocal.withInitial(SlotSums::new);

    /** @param liked slots of what a user liked last, the newest first, without asking anybody */
    public LikedByNeighbours(Neighbours neighbours, Function<UserId, int[]> liked, LeastCosine least) {
        this.neighbours = neighbours;
        this.liked = liked;
        this.least = least;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "liked of late by users whose learned vectors are near to the user's";
    }

    @Override
    public boolean isPersonal() {
        return true;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        List<Neighbour> all = neighbours.of(visit);
        if (all.isEmpty()) {
            return;
        }
        SlotSums votes = sums.get();
        votes.clear();
        for (Neighbour each : all) {
            int[] items = liked.apply(each.user());
            for (int i = 0; i < Math.min(LATEST, items.length); i++) {
                if (items[i] != ItemSlots.NONE) {
                    votes.add(items[i], (float) each.likeness());
                }
            }
        }
        votes.best(into, self, room, least.fits(visit));
    }
}
