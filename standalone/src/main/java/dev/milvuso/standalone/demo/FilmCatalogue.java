package dev.milvuso.standalone.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Made-up films, the same in every run: some of each genre are good, many are not. */
final class FilmCatalogue {
    static final List<String> GENRES = List.of(
            "adventure",
            "animation",
            "comedy",
            "crime",
            "documentary",
            "drama",
            "fantasy",
            "horror",
            "musical",
            "romance",
            "science-fiction",
            "western");

    private static final int FILMS_OF_A_GENRE = 50;
    private static final List<String> ERAS = List.of("classic", "nineties", "recent");
    private static final List<String> QUALITIES = List.of(
            "Silent", "Crimson", "Last", "Hidden", "Burning", "Golden", "Broken", "Distant", "Restless", "Paper");
    private static final List<String> THINGS = List.of(
            "Harbour",
            "Garden",
            "Letter",
            "Mountain",
            "Orchestra",
            "Lighthouse",
            "Winter",
            "Passenger",
            "Mirror",
            "River",
            "Carnival",
            "Promise");

    private final List<Film> films = new ArrayList<>();
    private final Map<String, Film> byId = new HashMap<>();

    FilmCatalogue() {
        SplittableRandom random = new SplittableRandom(7);
        for (String genre : GENRES) {
            for (int number = 1; number <= FILMS_OF_A_GENRE; number++) {
                String title = "The " + QUALITIES.get(random.nextInt(QUALITIES.size())) + " "
                        + THINGS.get(random.nextInt(THINGS.size()));
                String era = ERAS.get(random.nextInt(ERAS.size()));
                double quality = random.nextDouble() * random.nextDouble();
                add(new Film(genre + "-" + number, title, genre, era, quality));
            }
        }
    }

    private void add(Film film) {
        films.add(film);
        byId.put(film.id(), film);
    }

    List<Film> films() {
        return films;
    }

    /** Films of one genre, which is a number below the number of genres. */
    List<Film> ofGenre(int genre) {
        return films.subList(genre * FILMS_OF_A_GENRE, (genre + 1) * FILMS_OF_A_GENRE);
    }

    @Nullable Film find(String id) {
        return byId.get(id);
    }
}
