"""Names of people who do not exist, from several cultures.

Given and family names are drawn from the same list, because that is how most people are called; now and then from two,
because that is how many others are. A full name is given once in a story.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

MIXED_SHARE = 0.12
DOMAIN = "demo.example"  # Reserved for examples: no mail sent to it reaches anybody.

# Family names are chosen so that no pair with a given name here is that of a person widely known.
CULTURES: tuple[tuple[int, str, str], ...] = (
    (
        30,
        (
            "Alice Beth Callum Daisy Edwin Fern Gareth Harriet Imogen Joel Kitty Linus Martha Nell Owain Poppy "
            "Rhian Silas Tamsin Wilf Bronwen Euan Isla Morag"
        ),
        (
            "Applegarth Birdsall Crosswaite Dunnock Easterby Fothergill Garside Hebblewhite Inskipp Jessop "
            "Kirkbride Lofthouse Micklethwaite Netherwood Oakenshaw Postlethwaite Ramsbottom Sowerbutts "
            "Thistlewood Umpleby Whitlark Yardley Pengelly Tregunna"
        ),
    ),
    (
        16,
        (
            "Aarav Bhavna Chetan Deepika Farhana Gurpreet Harjit Ishaan Jaspreet Kavita Lakshmi Manjit Nisha "
            "Omkar Priya Rohit Sunita Tahir Usha Zainab"
        ),
        (
            "Adhikary Bhandal Chhabra Dhaliwal Gadhvi Hundal Iyengar Jutla Kundu Lohia Mahtani Nagra Ojha Parmar "
            "Qazilbash Randhawa Sanghera Thakrar Uppal Virdee"
        ),
    ),
    (
        12,
        (
            "Abena Bolanle Chidera Dumisani Ekow Folake Gifty Ifeoma Kwabena Lindiwe Makena Nkechi Olamide Sipho "
            "Temitope Wanjiru Yaw Zodwa"
        ),
        (
            "Abiodun Boakye Chukwuma Dzokoto Egbuna Fofana Gathoni Ibekwe Kabutha Lamptey Mbali Nzekwe Ofori "
            "Quartey Sithebe Tshabala Uzoma Wambui"
        ),
    ),
    (
        12,
        (
            "Agnieszka Bartosz Danuta Emil Grzegorz Halina Irena Janusz Kasia Ludmila Marek Oksana Pavel Radka "
            "Stanislav Tereza Vesna Zofia"
        ),
        (
            "Bielak Cichosz Dudarenko Fryczek Gajda Hrynko Jezior Kubiak Lis Mazurek Nezval Ostrowicz Pokluda "
            "Radulovic Skrzat Tkachuk Vrba Zawada"
        ),
    ),
    (
        10,
        "Aiko Bao Chen Daiki Eun-ji Feng Haruka Jun Kenta Linh Mei Naoko Phuong Ren Soo-min Thao Xia Yuki",
        "Ando Bui Chau Dang Etoh Fukuhara Gotoda Hoang Ishimaru Hwangbo Kimoto Luong Morishita Okabe Pham Qiu Tsang",
    ),
    (
        10,
        (
            "Alejandra Bruno Catarina Davi Elvira Fabiola Gonzalo Ines Joaquina Leandro Marisol Nuno Paloma Rocio "
            "Tadeo Ursula Valentim Ximena"
        ),
        (
            "Abrantes Barragan Caldeira Delgadinho Echeverri Figueira Galindo Higuera Izquierdo Loureiro Machuca "
            "Noriega Olivares Pedrosa Quintela Saldivar Teodosio Urrutia"
        ),
    ),
    (
        10,
        "Amal Basma Dalal Emre Fadi Gul Hanan Idris Jamila Layla Mehmet Nadia Omar Rania Selim Tariq Yasmin",
        (
            "Abdelrazik Bakirci Darwazeh Eskicioglu Farhat Ghazzawi Haddadin Jabri Kilincer Lahham Mansoori "
            "Nuwayhid Ozturan Qabbani Rustam Sabbagh Tuncer"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Name:
    """What a person of the story is called."""

    given: str
    family: str

    @property
    def full(self) -> str:
        """Both names."""
        return f"{self.given} {self.family}"

    @property
    def email(self) -> str:
        """An address that leads nowhere."""
        plain = unicodedata.normalize("NFKD", f"{self.given}.{self.family}").encode("ascii", "ignore").decode()
        return f"{plain.lower().replace(' ', '-')}@{DOMAIN}"


class Names:
    """Gives every person of the story a name of their own."""

    def __init__(self, rng: random.Random, taken: frozenset[str]) -> None:
        self._rng = rng
        self._taken = set(taken)
        self._given = [given.split() for _weight, given, _family in CULTURES]
        self._family = [family.split() for _weight, _given, family in CULTURES]
        self._weights = [weight for weight, _given, _family in CULTURES]

    def draw(self) -> Name:
        """Return a name that nobody else has."""
        while True:
            culture = self._culture()
            other = self._culture() if self._rng.random() < MIXED_SHARE else culture
            name = Name(self._rng.choice(self._given[culture]), self._rng.choice(self._family[other]))
            if name.full not in self._taken:
                self._taken.add(name.full)
                return name

    def _culture(self) -> int:
        return self._rng.choices(range(len(CULTURES)), self._weights)[0]
