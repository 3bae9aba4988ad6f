package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.UserVectors;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers what a user should see: the finished list if nothing has happened since, else a personal one, topped up from
 * the popular list, which is also the answer when nothing personal is known.
 *
 * @param sharedLists asked when this instance has neither list nor vector of the user
 * @param shared the threads that wait for {@code sharedLists}
 * @param history the threads that wait for what users have seen, and its breaker
 * @param finished counts lists that were served again
 * @param time what a list may take
 */
public record Recommender(
        ServedModel model,
        Catalogue catalogue,
        LearnedTaste taste,
        SeenItems seen,
        Popular popular,
        FinishedLists lists,
        SharedLists sharedLists,
        Bulkhead shared,
        Bulkhead history,
        Counter finished,
        Duration time,
        Clock clock) {

    /** Always answers, within {@code server.request_deadline} and the time of a scan in memory. */
    public Recommendation recommend(UserId user, Query query) {
        Optional<ModelVersion> version = model.version();
        if (version.isEmpty()) {
            Making making = making();
            return notPersonal(query, hidden(user, query, making).await(), making);
        }
        long change = lists.change(user);
        Optional<Recommendation> kept =
                lists.find(user, version.get(), query).filter(list -> isInCatalogue(list, query));
        if (kept.isPresent()) {
            finished.increment();
            return kept.get().from("memory");
        }
        return made(user, query, version.get(), change);
    }

    private Recommendation made(UserId user, Query query, ModelVersion version, long change) {
        Making making = making();
        Deadline.Asked<Set<ItemId>> hiding = hidden(user, query, making);
        Optional<UserVectors.Found> vector = taste.inMemory(user, version);
        if (vector.isEmpty()) {
            Optional<Recommendation> elsewhere = making.ask(shared, () -> sharedLists.find(user, version, query))
                    .filter(list -> lists.isCurrent(user, list.madeAt()) && isInCatalogue(list, query));
            if (elsewhere.isPresent()) {
                lists.put(user, version, query, elsewhere.get(), change);
                return elsewhere.get();
            }
            vector = taste.elsewhere(user, version, making);
        }
        Set<ItemId> hidden = hiding.await();
        Recommendation list = vector.isEmpty()
                ? notPersonal(query, hidden, making)
                : personal(vector.get(), version, query, hidden, making);
        // Lists that are not personal follow what is popular by the second, and poor ones should not stay.
        if (!making.isDegraded() && !list.tier().equals("fallback")) {
            lists.put(user, version, query, list, change);
            sharedLists.put(user, version, query, list);
        }
        return list;
    }

    private Making making() {
        return new Making(clock.millis(), new Deadline(time));
    }

    private boolean isInCatalogue(Recommendation list, Query query) {
        return list.items().stream().allMatch(each -> fits(each.item(), query));
    }

    private boolean fits(ItemId id, Query query) {
        Optional<Item> item = catalogue.find(id);
        return item.isPresent() && query.matches(item.get());
    }

    private Recommendation notPersonal(Query query, Set<ItemId> hidden, Making making) {
        return making.done("", "fallback", popular.list(query, query.count(), item -> !hidden.contains(item)));
    }

    private Recommendation personal(
            UserVectors.Found vector, ModelVersion version, Query query, Set<ItemId> hidden, Making making) {
        Predicate<ItemId> wanted = item -> !hidden.contains(item) && fits(item, query);
        LearnedTaste.Nearest nearest = taste.nearest(vector, version, query.count(), hidden.size(), wanted, making);
        if (nearest.items().isEmpty()) {
            return notPersonal(query, hidden, making);
        }
        return making.done(version.value(), nearest.tier(), toppedUp(nearest.items(), query, hidden));
    }

    private List<Recommended> toppedUp(List<Scored> personal, Query query, Set<ItemId> hidden) {
        List<Recommended> items = new ArrayList<>();
        Set<ItemId> taken = new HashSet<>();
        for (Scored each : personal) {
            items.add(new Recommended(each.item(), each.score(), "personal"));
            taken.add(each.item());
        }
        if (items.size() < query.count()) {
            items.addAll(popular.list(
                    query, query.count() - items.size(), item -> !hidden.contains(item) && !taken.contains(item)));
        }
        return items;
    }

    private Deadline.Asked<Set<ItemId>> hidden(UserId user, Query query, Making making) {
        if (!query.excludeSeen()) {
            return Set::of;
        }
        if (seen.isLoaded(user)) {
            return () -> seen.known(user);
        }
        Breaker breaker = history.breaker();
        Deadline.Asked<Optional<Boolean>> loading = making.begin(
                history,
                () -> breaker.call(() -> {
                    seen.load(user);
                    return Optional.of(true);
                }));
        return () -> {
            var unused = loading.await();
            return seen.known(user);
        };
    }
}
