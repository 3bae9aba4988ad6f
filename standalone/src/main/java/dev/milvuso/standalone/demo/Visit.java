package dev.milvuso.standalone.demo;

import dev.milvuso.standalone.demo.Shop.Act;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One visit: a look at the recommended films, from the top, and then a search of one's own. */
final class Visit {
    static final int LIST = 10;

    private final FilmCatalogue catalogue;
    private final Shop shop;
    private final SplittableRandom random;

    Visit(FilmCatalogue catalogue, Shop shop, SplittableRandom random) {
        this.catalogue = catalogue;
        this.shop = shop;
        this.random = random;
    }

    /** @param popular the popular list at the moment, longer than what is shown */
    Score by(Visitor visitor, List<String> popular) throws IOException, InterruptedException {
        Shop.Served served = shop.recommendations(visitor, LIST);
        List<Act> acts = new ArrayList<>();
        long suited = suiting(visitor, served.films());
        long popularSuited = suiting(
                visitor,
                popular.stream()
                        .filter(film -> !visitor.hasActedOn(film))
                        .limit(LIST)
                        .toList());
        look(visitor, served, acts);
        long clicks = acts.size();
        search(visitor, acts);
        if (!acts.isEmpty()) {
            shop.did(visitor, acts);
            acts.forEach(act -> visitor.acted(act.film()));
        }
        return new Score(1, acts.size(), clicks, suited, popularSuited);
    }

    private long suiting(Visitor visitor, List<String> films) {
        return films.stream()
                .map(catalogue::find)
                .filter(film -> film != null && visitor.hasTasteFor(film))
                .count();
    }

    /** The further down, the less likely to be looked at. */
    private void look(Visitor visitor, Shop.Served served, List<Act> acts) {
        double looked = 1;
        for (String id : served.films()) {
            Film film = catalogue.find(id);
            if (film != null && random.nextDouble() < looked * visitor.liking(film) / 2) {
                acts.add(new Act(id, "Click", served.requestId()));
            }
            looked *= 0.85;
        }
    }

    private void search(Visitor visitor, List<Act> acts) {
        List<Film> wished = catalogue.ofGenre(visitor.wish(random));
        Film film = wished.get(random.nextInt(wished.size()));
        if (random.nextDouble() < visitor.liking(film)) {
            acts.add(new Act(film.id(), "Like", ""));
        }
    }
}
