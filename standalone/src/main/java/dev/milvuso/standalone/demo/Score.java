package dev.milvuso.standalone.demo;

/**
 * How well lists suited those who saw them. A film suits when it is of a genre to the visitor's taste, which the system
 * is never told.
 *
 * @param lists lists shown
 * @param actions actions posted
 * @param clicks clicks on what lists showed
 * @param suited films in those lists that suited
 * @param popularSuited films that would have suited in the popular list, less what the visitor had acted on
 */
record Score(long lists, long actions, long clicks, long suited, long popularSuited) {
    static final Score NONE = new Score(0, 0, 0, 0, 0);

    Score plus(Score other) {
        return new Score(
                lists + other.lists,
                actions + other.actions,
                clicks + other.clicks,
                suited + other.suited,
                popularSuited + other.popularSuited);
    }

    /** Films in a list that suited, on average. */
    double suitedAList() {
        return lists == 0 ? 0 : (double) suited / lists;
    }

    double popularSuitedAList() {
        return lists == 0 ? 0 : (double) popularSuited / lists;
    }

    double clicksAList() {
        return lists == 0 ? 0 : (double) clicks / lists;
    }
}
