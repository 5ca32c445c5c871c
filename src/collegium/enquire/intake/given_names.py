"""Given names that are common in many countries, to tell a list of people from a list of classes or schools."""

from __future__ import annotations

from collegium.people.rosters.cells import word_set

GIVEN_NAMES = word_set(
    """
    Aaron Abdul Abigail Adam Adrian Ahmed Aisha Alan Albert Alejandro Alex Alexander Alexandra Alfie Ali Alice Alisha
    Amelia Amina Amira Amy Ana Andrea Andreas Andrew Andrzej Angela Anita Anna Anne Annika Anthony Antonio Archie Aria
    Arjun Arthur Asha Astrid Ava Ayesha Barbara Beatrice Ben Benjamin Bernard Bethany Bilal Björn Brandon Brian Bruno
    Callum Cameron Camille Carl Carla Carlos Caroline Catherine Cem Charles Charlie Charlotte Chiara Chloe Chris
    Christian Christine Christopher Claire Clara Claudia Connor Daisy Dan Daniel Daniela David Deborah Deniz Derek
    Diana Diego Dmitri Dominic Dylan Edward Eleanor Elena Eliza Elizabeth Ella Ellie Elsa Emilia Emily Emma Enzo Eric
    Erik Ethan Eva Evelyn Evie Fatima Felix Fernando Finn Fiona Florence Francesca Francesco Francis Frank Fred Freddie
    Frederick Freya Gabriel Gabriela George Georgia Giovanni Giulia Grace Greta Guillaume Gustav Hamza Hana Hannah Hans
    Harriet Harrison Harry Hassan Heidi Helen Helena Henry Hiroshi Holly Hugo Hussain Ian Ibrahim Ines Ingrid Isaac
    Isabel Isabella Isla Ivan Jack Jacob Jade Jakub James Jamie Jan Jana Jane Jasmine Jason Javier Jean Jennifer Jens
    Jessica Jim Joan João Joe Johan John Jonas Jonathan Jordan Jorge José Joseph Joshua Juan Julia Julian Juliette
    Jürgen Kai Karen Karim Karl Katarina Kate Katherine Katie Keisha Kevin Khadija Kieran Kim Kofi Lara Laura Lauren
    Layla Lea Lee Lena Leo Leon Leonie Lewis Liam Lily Linda Lisa Logan Lola Louis Louise Luca Lucas Lucia Lucy Luis
    Luisa Lukas Luke Maddison Magdalena Manuel Marco Margaret Maria Marie Mark Marta Martin Mary Mateo Matilda Matteo
    Matthew Matthias Max Maya Megan Mehmet Mei Mia Michael Michelle Miguel Mikael Mila Mohamed Mohammed Molly Muhammad
    Mustafa Nadia Naomi Natalie Natasha Nathan Nia Nicholas Nicole Niklas Nina Noah Noor Nora Oliver Olivia Omar Oscar
    Owen Pablo Paolo Patricia Patrick Paul Paula Pavel Pedro Peter Phillip Pierre Poppy Priya Rachel Rahul Raj Rania
    Raphael Rashid Rebecca Reuben Ricardo Richard Riley Robert Roberto Rohan Rosa Rose Rosie Ruby Ruth Ryan Sam Samir
    Samuel Sandra Sanjay Sara Sarah Sean Sebastian Selin Sergei Sofia Sophia Sophie Stefan Stella Stephen Steven Susan
    Svetlana Tamara Tariq Tatiana Teresa Thea Theo Thomas Tim Timothy Toby Tom Tomasz Tyler Valentina Victor Victoria
    Vikram Vincent Violet Viktor William Xavier Yara Yasmin Yasmine Youssef Yuki Yusuf Zainab Zara Zoe Zofia
    """
)
