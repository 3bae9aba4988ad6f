package dev.milvuso.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class VisitorTest {
    private final FilmCatalogue catalogue = new FilmCatalogue();

    @Test
    void aVisitorLikesTwoGenresAndKeepsThem() {
        for (int number = 0; number < 200; number++) {
            Visitor visitor = new Visitor(number);
            Visitor again = new Visitor(number);
            assertThat(catalogue.films().stream()
                            .filter(visitor::hasTasteFor)
                            .map(Film::genre)
                            .distinct())
                    .hasSize(2);
            assertThat(catalogue.films()).allMatch(film -> visitor.hasTasteFor(film) == again.hasTasteFor(film));
        }
    }

    @Test
    void whatAVisitorWishesForIsToTheirTaste() {
        Visitor visitor = new Visitor(7);
        SplittableRandom random = new SplittableRandom(1);
        for (int wish = 0; wish < 100; wish++) {
            assertThat(catalogue.ofGenre(visitor.wish(random))).allMatch(visitor::hasTasteFor);
        }
    }

    @Test
    void idsOfFilmsAreDistinctAndFound() {
        assertThat(catalogue.films()).hasSize(600).allMatch(film -> film.equals(catalogue.find(film.id())));
    }
}
