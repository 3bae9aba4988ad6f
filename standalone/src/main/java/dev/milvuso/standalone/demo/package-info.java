/**
 * A made-up film shop. In: the address of a running system. Out: visitors who act on it, and how well it suits them.
 */
@NullMarked
package dev.milvuso.standalone.demo;

import org.jspecify.annotations.NullMarked;
