package dev.milvuso.standalone.demo;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Someone who likes two genres, which ones depends on the number alone. Not for several threads. */
final class Visitor {
    private final String id;
    private final int first;
    private final int second;
    private final Set<String> actedOn = new HashSet<>();

    Visitor(int number) {
        SplittableRandom random = new SplittableRandom(number);
        id = "visitor-" + number;
        first = random.nextInt(FilmCatalogue.GENRES.size());
        second = (first + 1 + random.nextInt(FilmCatalogue.GENRES.size() - 1)) % FilmCatalogue.GENRES.size();
    }

    String id() {
        return id;
    }

    /** One of the two genres, the first twice as often. */
    int wish(SplittableRandom random) {
        return random.nextInt(3) < 2 ? first : second;
    }

    boolean hasTasteFor(Film film) {
        int genre = FilmCatalogue.GENRES.indexOf(film.genre());
        return genre == first || genre == second;
    }

    /** How likely the visitor is to like a film, 0 to 1. */
    double liking(Film film) {
        return hasTasteFor(film) ? 0.3 + 0.6 * film.quality() : 0.02;
    }

    void acted(String film) {
        actedOn.add(film);
    }

    boolean hasActedOn(String film) {
        return actedOn.contains(film);
    }

    int actions() {
        return actedOn.size();
    }
}
