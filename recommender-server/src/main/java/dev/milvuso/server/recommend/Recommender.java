package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;

/**
 * Answers what a user should see: the finished list if nothing has happened since, else a personal one, topped up from
 * the popular list, which is also the answer when nothing personal is known.
 */
public final class Recommender {
    /** How many more than asked for the vector store is asked for, since the catalogue filters afterwards. */
    private static final int SPARE = 200;

    private final Config config;
    private final ServedModel model;
    private final Catalogue catalogue;
    private final UserVectors memory;
    private final UserVectors beyond;
    private final ItemSearch stored;
    private final SeenItems seen;
    private final Breaker history;
    private final Popular popular;
    private final FinishedLists lists;
    private final ExecutorService slow;
    private final Clock clock;

    /**
     * @param beyond the tiers behind memory
     * @param stored asked while the items are not in memory
     * @param history guards the reading of what users have seen
     * @param slow bounded; runs whatever may be slow
     */
    public Recommender(
            Config config,
            ServedModel model,
            Catalogue catalogue,
            UserVectors memory,
            UserVectors beyond,
            ItemSearch stored,
            SeenItems seen,
            Breaker history,
            Popular popular,
            FinishedLists lists,
            ExecutorService slow,
            Clock clock) {
        this.config = config;
        this.model = model;
        this.catalogue = catalogue;
        this.memory = memory;
        this.beyond = beyond;
        this.stored = stored;
        this.seen = seen;
        this.history = history;
        this.popular = popular;
        this.lists = lists;
        this.slow = slow;
        this.clock = clock;
    }

    /** Always answers, within {@code server.request_deadline} and the time of a scan in memory. */
    public Recommendation recommend(UserId user, Query query) {
        String version = model.version().map(ModelVersion::value).orElse("");
        long change = lists.change(user);
        Optional<Recommendation> finished = lists.find(user, version, query);
        if (finished.isPresent()) {
            return finished.get();
        }
        Recommendation made = make(user, query);
        // Lists that are not personal follow what is popular by the second, and poor ones should not stay.
        if (made.degraded().isEmpty() && !made.tier().equals("fallback")) {
            lists.put(user, version, query, made, change);
        }
        return made;
    }

    private Recommendation make(UserId user, Query query) {
        long madeAt = clock.millis();
        Deadline deadline = new Deadline(slow, config.server().requestDeadline());
        Set<String> degraded = new TreeSet<>();
        Set<ItemId> hidden = query.excludeSeen() ? seenBy(user, deadline, degraded) : Set.of();
        Predicate<ItemId> wanted = item -> !hidden.contains(item);
        Optional<ModelVersion> version = model.version();
        Optional<UserVectors.Found> vector = version.flatMap(v -> vectorOf(user, v, deadline, degraded));
        if (version.isEmpty() || vector.isEmpty()) {
            return new Recommendation(
                    "", "fallback", List.copyOf(degraded), madeAt, popular.list(query, query.count(), wanted));
        }
        String tier = vector.get().tier();
        List<Scored> personal = List.of();
        Predicate<ItemId> fits = item ->
                wanted.test(item) && catalogue.find(item).filter(query::matches).isPresent();
        Optional<ItemIndex> index = model.items(version.get());
        float[] taste = vector.get().vector().vector();
        if (index.isPresent()) {
            personal = index.get()
                    .search(taste, query.count(), config.recommendation().similarityThreshold(), fits);
        } else {
            try {
                int k = Math.min(16384, query.count() + hidden.size() + SPARE);
                personal = deadline.await("milvus", () -> stored.search(taste, k, version.get())).stream()
                        .filter(each -> fits.test(each.item()))
                        .limit(query.count())
                        .toList();
                tier = "milvus";
            } catch (Unavailable e) {
                degraded.add(e.dependency());
            }
        }
        List<Recommended> items = toppedUp(personal, query, wanted);
        boolean isPersonal = !personal.isEmpty();
        return new Recommendation(
                isPersonal ? version.get().value() : "",
                isPersonal ? tier : "fallback",
                List.copyOf(degraded),
                madeAt,
                items);
    }

    private List<Recommended> toppedUp(List<Scored> personal, Query query, Predicate<ItemId> wanted) {
        List<Recommended> items = new ArrayList<>();
        Set<ItemId> taken = new HashSet<>();
        for (Scored each : personal) {
            items.add(new Recommended(each.item(), each.score(), "personal"));
            taken.add(each.item());
        }
        if (items.size() < query.count()) {
            items.addAll(popular.list(
                    query, query.count() - items.size(), item -> wanted.test(item) && !taken.contains(item)));
        }
        return items;
    }

    private Set<ItemId> seenBy(UserId user, Deadline deadline, Set<String> degraded) {
        if (!seen.isLoaded(user)) {
            try {
                deadline.await(
                        "postgres",
                        () -> history.call(() -> {
                            seen.load(user);
                            return true;
                        }));
            } catch (Unavailable e) {
                degraded.add("postgres");
            }
        }
        return seen.known(user);
    }

    private Optional<UserVectors.Found> vectorOf(
            UserId user, ModelVersion version, Deadline deadline, Set<String> degraded) {
        Optional<UserVectors.Found> here = memory.find(user, version);
        if (here.isPresent()) {
            return here;
        }
        try {
            Optional<UserVectors.Found> found = deadline.await("milvus", () -> beyond.find(user, version));
            found.ifPresent(there -> memory.put(user, there.vector()));
            return found;
        } catch (Unavailable e) {
            degraded.add(e.dependency());
            return Optional.empty();
        }
    }
}
