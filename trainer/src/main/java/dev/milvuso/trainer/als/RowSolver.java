package dev.milvuso.trainer.als;

/**
 * Moves one row x nearer to the least of {@code Σ (1 − y·x)² + xᵀ G x + ridge · ‖x‖²}, the sum over the rows y that
 * were observed with it, G the weighted Gramian of all rows. One solver for each thread.
 */
interface RowSolver {
    /**
     * @param x shape [stride], moved in place
     * @param fixed the number of x that keeps its value, or −1
     * @return the value of that function where x ends
     */
    double solve(RowSet observed, float[] x, float ridge, int fixed);
}
